#include "core/host/files/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/files/files.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerAlone = 0600;
constexpr mode_t kOthers = 0077;

void make_private_folder(const fs::path& folder) {
  std::error_code failure;
  if (folder.empty() || fs::is_directory(folder, failure)) return;
  make_private_folder(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw system_error("make", folder.string(), errno);
}

}  // namespace

void write_private_file(const std::string& path, std::string_view text) {
  make_private_folder(fs::path(path).parent_path());
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kOwnerAlone));
  if (!file.is_open()) throw system_error("write", path, errno);
  if (file.write_all(text) && ::fsync(file.number()) == 0) return;
  const int failure = errno;
  ::unlink(path.c_str());
  throw system_error("write", path, failure);
}

std::string read_private_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw system_error("read", path, errno);
  if ((status.st_mode & kOthers) != 0) {
    throw Error(fmt::format("other users can read {} (mode {:o}): run chmod 600 on it, or make a new key", path,
                            status.st_mode & 0777));
  }
  return read_file(path);
}

}  // namespace assay::host
