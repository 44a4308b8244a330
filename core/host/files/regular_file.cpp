#include "core/host/files/regular_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

bool is_null_device(const struct stat& status) {
  return S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3);
}

/// What is there in place of a file; empty if it is a file, or a folder, which the kernel refuses to read.
std::string_view other_than_file(const struct stat& status) {
  if (S_ISFIFO(status.st_mode)) return "a FIFO";
  if (S_ISSOCK(status.st_mode)) return "a socket";
  if (S_ISBLK(status.st_mode)) return "a block device";
  if (S_ISCHR(status.st_mode) && !is_null_device(status)) return "a device";
  return "";
}

Error no_file(std::string_view doing, const std::string& path, std::string_view what) {
  return Error(fmt::format("cannot {} {}: it is {}, not a file; put a regular file there", doing, path, what));
}

}  // namespace

void refuse_other_than_file(std::string_view doing, const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return;
  if (const auto what = other_than_file(status); !what.empty()) throw no_file(doing, path, what);
}

FileDescriptor open_regular_file(std::string_view doing, const std::string& path, int flags, mode_t mode) {
  // Opening a device may already have an effect, so the path is looked at first; what counts is what was opened.
  refuse_other_than_file(doing, path);
  FileDescriptor file = FileDescriptor::open(doing, path, flags | O_RDONLY | O_NONBLOCK | O_NOCTTY, mode);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) throw system_error(doing, path, errno);
  if (const auto what = other_than_file(status); !what.empty()) throw no_file(doing, path, what);
  return file;
}

}  // namespace assay::host
