#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace assay::host {

/// Unix time in nanoseconds. It may jump when the clock is set, so use it only for display and records.
[[nodiscard]] std::int64_t unix_time_ns();
/// Monotonic time, which never jumps: for durations, max_time and progress.
[[nodiscard]] std::chrono::nanoseconds monotonic_time();
/// CPU time that this process has used so far, on all of its threads, in user and system mode.
[[nodiscard]] std::chrono::nanoseconds process_cpu_time();
/// "2026-03-01 14:05 UTC"
[[nodiscard]] std::string format_unix_time(std::int64_t unix_ns);

}  // namespace assay::host
