#include "core/host/files/file_status.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

std::int64_t nanoseconds_of(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FileStatus file_status(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) throw Error(fmt::format("{}: {}", path, std::strerror(errno)));
  return {status.st_dev, status.st_ino, status.st_size, nanoseconds_of(status.st_mtim), nanoseconds_of(status.st_ctim)};
}

bool is_there(const std::string& path) {
  std::error_code unreadable;
  return fs::exists(fs::symlink_status(path, unreadable));
}

bool is_regular_file(const std::string& path) {
  std::error_code unreadable;
  return fs::is_regular_file(fs::symlink_status(path, unreadable));
}

bool is_writable(const std::string& path) {
  return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
}

std::string real_path(const std::string& path) {
  std::error_code unreadable;
  const fs::path real = fs::weakly_canonical(path, unreadable);
  return unreadable ? path : real.string();
}

}  // namespace assay::host
