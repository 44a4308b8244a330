#pragma once

#include <ctime>
#include <unistd.h>

namespace assay::test {

/// Waits until the kernel's clock for files ticks, which takes at most 10 ms: what is written then is dated later than
/// what was written before.
inline void wait_for_tick_of_file_clock() {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &time);
    return time;
  };
  const timespec before = now();
  for (timespec time = before; time.tv_sec == before.tv_sec && time.tv_nsec == before.tv_nsec; time = now()) {
    ::usleep(1'000);
  }
}

}  // namespace assay::test
