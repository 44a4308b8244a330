#pragma once

#include <string>

namespace assay::host {

/// Why the kernel does not count the instructions of a user's program here; empty if it does. It opens a counter of
/// this process and closes it again.
[[nodiscard]] std::string why_no_instructions();

/// The same in words, of the error of perf_event_open.
/// \param error  as errno has it
/// \param paranoia  what /proc/sys/kernel/perf_event_paranoid holds; empty if it cannot be read
[[nodiscard]] std::string missing_counter_text(int error, const std::string& paranoia);

}  // namespace assay::host
