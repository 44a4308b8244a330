#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/host/launcher/protocol.hpp"
#include "core/trial.hpp"

namespace assay::host {

/// An event that the kernel can count for a child and all its descendants, as perf_event_open(2) names it.
struct KernelEvent {
  std::uint32_t type = 0;
  std::uint64_t config = 0;
  friend bool operator==(const KernelEvent&, const KernelEvent&) = default;
};

/// How often an event happened in user space.
struct EventCount {
  std::optional<std::int64_t> count;
  std::string why_not;  ///< why there is no count: "this processor, or its hypervisor, offers no such counter"
};

/// The event of the processor behind a built-in metric: "instructions", "cycles", "branch_misses", "cache_misses";
/// std::nullopt for every other name.
[[nodiscard]] std::optional<KernelEvent> hardware_event(std::string_view metric);

/// What the launcher counted of one event.
[[nodiscard]] EventCount event_count(const launcher::EventCount& counted);

/// Why the kernel gives no counter.
/// \param error     errno of perf_event_open(2)
/// \param paranoid  the value of kernel.perf_event_paranoid; std::nullopt if the kernel has none
[[nodiscard]] std::string why_no_counter(int error, std::optional<int> paranoid);

/// Puts the counts of hardware events into the fields of their metrics.
/// \param counts  one for each event
/// \returns why those that could not be counted are missing, by the name of the metric
std::map<std::string, std::string> keep_hardware_counts(const std::vector<KernelEvent>& events,
                                                        const std::vector<EventCount>& counts, Usage& usage);

}  // namespace assay::host
