#pragma once

#include <optional>
#include <string>

namespace assay::host {

/// Why the kernel does not count the instructions of a user's program here; empty if it does. It opens a counter of
/// this process and closes it again.
[[nodiscard]] std::string why_no_instructions();

/// kernel.perf_event_paranoid, which says who may count events; std::nullopt if the kernel has none.
[[nodiscard]] std::optional<int> perf_event_paranoid();

}  // namespace assay::host
