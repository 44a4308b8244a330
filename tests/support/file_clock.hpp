#pragma once

#include <ctime>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace assay::test {

/// Waits until a file that changes now is later than this call by its own times. The kernel's clock for files stands
/// still between its ticks, and may lag behind all clocks that can be read.
inline void wait_for_tick_of_file_clock() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const int file = ::memfd_create("clock", MFD_CLOEXEC);
  if (file < 0) throw std::runtime_error("no file in memory can be made");
  struct stat status {};
  do {
    ::usleep(1'000);
    if (::pwrite(file, "x", 1, 0) != 1 || ::fstat(file, &status) != 0) throw std::runtime_error("no file can change");
  } while (std::tie(status.st_ctim.tv_sec, status.st_ctim.tv_nsec) <= std::tie(now.tv_sec, now.tv_nsec));
  ::close(file);
}

}  // namespace assay::test
