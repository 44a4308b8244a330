#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/journal/database.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

/// Whether a database, which takes several descriptors at once, finds too few. Those it had are closed by now.
bool lacks_descriptors() {
  constexpr std::size_t kNeeded = 6;  // database, log, its index, a folder, and what they are opened through
  std::vector<FileDescriptor> taken;
  while (taken.size() < kNeeded) {
    const int number = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (number < 0) return errno == EMFILE;
    taken.emplace_back(number);
  }
  return false;
}

/// The limit of this process that is in the way of a file; 0 if none is.
int limit_reached(const struct stat& status) {
  constexpr rlim_t kPage = 65536;  // the largest that SQLite writes at once
  rlimit size{};
  const auto bytes = static_cast<rlim_t>(std::max<off_t>(status.st_size, 0));
  if (::getrlimit(RLIMIT_FSIZE, &size) == 0 && size.rlim_cur != RLIM_INFINITY && bytes + kPage > size.rlim_cur) {
    return EFBIG;
  }
  return lacks_descriptors() ? EMFILE : 0;
}

/// Why a file cannot be opened for writing, as errno; 0 if nothing seems to be in the way. SQLite does not report it.
/// Nothing is opened here, because closing any descriptor of a database drops the locks of this process on it.
int obstacle(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path();
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return EISDIR;
    if (::access(path.c_str(), R_OK | W_OK) != 0) return errno;
  }
  if (const int limit = limit_reached(status); limit != 0) return limit;
  return ::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0 ? 0 : errno;
}

}  // namespace

Error database_error(std::string_view doing, const DatabaseKind& kind, const std::string& path,
                     const SQLite::Exception& failure) {
  const std::string place = fmt::format("{} {}", kind.what, path);
  const int code = failure.getErrorCode();
  const bool disk_full = code == SQLITE_FULL || failure.getExtendedErrorCode() == SQLITE_IOERR_SHMSIZE;
  if (disk_full) {
    struct stat status {};
    ::stat(path.c_str(), &status);
    return system_error(doing, place, limit_reached(status) == EFBIG ? EFBIG : ENOSPC);
  }
  if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
    return Error(fmt::format("cannot {} {}: another process has held it for {} s; wait for that process or end it",
                             doing, place, std::chrono::duration<double>(kind.patience).count()));
  }
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) {
    return Error(fmt::format("{} is not a database or is damaged ({}): move it away, and a new one is created", place,
                             failure.what()));
  }
  const int error_number = obstacle(path);
  if (error_number != 0) return system_error(doing, place, error_number);
  return Error(fmt::format("cannot {} {}: {}", doing, place, failure.what()));
}

}  // namespace assay::host
