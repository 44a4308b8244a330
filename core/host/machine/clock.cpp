#include "core/host/machine/clock.hpp"

#include <ctime>

#include <fmt/format.h>

#include "core/assert.hpp"

namespace assay::host {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

std::int64_t read_clock(clockid_t clock) {
  timespec now{};
  const int failure = clock_gettime(clock, &now);
  ASSAY_ASSERT(failure == 0);
  return now.tv_sec * kNanosecondsPerSecond + now.tv_nsec;
}

}  // namespace

std::int64_t unix_time_ns() {
  return read_clock(CLOCK_REALTIME);
}

std::chrono::nanoseconds monotonic_time() {
  return std::chrono::nanoseconds(read_clock(CLOCK_MONOTONIC));
}

std::chrono::nanoseconds process_cpu_time() {
  return std::chrono::nanoseconds(read_clock(CLOCK_PROCESS_CPUTIME_ID));
}

std::string format_unix_time(std::int64_t unix_ns) {
  // Round down, even before 1970, so that a minute is never shown before it begins.
  std::int64_t seconds = unix_ns / kNanosecondsPerSecond;
  if (unix_ns % kNanosecondsPerSecond < 0) --seconds;
  const std::time_t moment = seconds;
  std::tm parts{};
  const std::tm* known = gmtime_r(&moment, &parts);
  ASSAY_ASSERT(known != nullptr);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min);
}

}  // namespace assay::host
