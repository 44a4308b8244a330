#include "core/host/files/file_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>

#include "core/host/system_error.hpp"

namespace assay::host {

FileLock::FileLock(const std::string& path) : file_(FileDescriptor::open("lock", path, O_RDWR | O_CREAT, 0666)) {
  while (::flock(file_.number(), LOCK_EX) != 0) {
    if (errno != EINTR) throw system_error("lock", path, errno);
  }
}

}  // namespace assay::host
