#include "core/host/files/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <set>
#include <sys/file.h>

#include "core/host/files/regular_file.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {

namespace {

/// The paths that this thread has locked.
thread_local std::set<std::string> locked_paths;

}  // namespace

FileLock::FileLock(const std::string& path) : path_(path) {
  if (locked_paths.contains(path)) return;
  file_ = open_regular_file("lock", path, O_RDWR | O_CREAT, 0666);
  while (::flock(file_.number(), LOCK_EX) != 0) {
    if (errno != EINTR) throw system_error("lock", path, errno);
  }
  locked_paths.insert(path);
}

FileLock::~FileLock() {
  if (file_.is_open()) locked_paths.erase(path_);
}

}  // namespace assay::host
