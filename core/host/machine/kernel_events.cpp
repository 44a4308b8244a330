#include "core/host/machine/kernel_events.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <linux/perf_event.h>
#include <system_error>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/host/machine/instructions.hpp"

namespace assay::host {
namespace {

struct HardwareMetric {
  std::string_view name;
  KernelEvent event;
  std::optional<std::int64_t> Usage::*value;
};

constexpr std::array kHardware = {
    HardwareMetric{"instructions", {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS}, &Usage::instructions},
    HardwareMetric{"cycles", {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES}, &Usage::cycles},
    HardwareMetric{"branch_misses", {PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES}, &Usage::branch_misses},
    HardwareMetric{"cache_misses", {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES}, &Usage::cache_misses}};

}  // namespace

std::optional<KernelEvent> hardware_event(std::string_view metric) {
  for (const HardwareMetric& one : kHardware) {
    if (one.name == metric) return one.event;
  }
  return std::nullopt;
}

std::string why_no_counter(int error, std::optional<int> paranoid) {
  switch (error) {
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
      return "this processor, or the hypervisor that it runs under, offers no such counter";
    case ENOSYS:
      return "this kernel counts no events, or a sandbox hides that it does (perf_event_open)";
    case EACCES:
    case EPERM:
      // The kernel lets every user count user space up to level 2; Debian and others know levels above it.
      if (paranoid && *paranoid > 2) {
        return fmt::format(
            "kernel.perf_event_paranoid is {}, which lets only root count events; "
            "`sysctl kernel.perf_event_paranoid=2` lets every user",
            *paranoid);
      }
      return "a sandbox forbids perf_event_open, as containers do by default (seccomp); --cap-add PERFMON lifts that";
    case EBUSY:
      return "another tool holds this counter for itself";
    default:
      return fmt::format("the kernel opens no counter: {}", std::system_category().message(error));
  }
}

EventCount event_count(const launcher::EventCount& counted) {
  if (counted.error != 0)
    return {.count = std::nullopt, .why_not = why_no_counter(counted.error, perf_event_paranoid())};
  if (counted.is_interrupted) {
    return {.count = std::nullopt,
            .why_not =
                "the counter ran for only a part of the trial, because there are fewer counters than are asked "
                "for, here and by other tools"};
  }
  return {.count = counted.count, .why_not = ""};
}

std::map<std::string, std::string> keep_hardware_counts(const std::vector<KernelEvent>& events,
                                                        const std::vector<EventCount>& counts, Usage& usage) {
  ASSAY_ASSERT(events.size() == counts.size());
  std::map<std::string, std::string> missing;
  for (const HardwareMetric& metric : kHardware) {
    const auto found = std::find(events.begin(), events.end(), metric.event);
    if (found == events.end()) continue;
    const EventCount& counted = counts[static_cast<std::size_t>(found - events.begin())];
    usage.*metric.value = counted.count;
    if (!counted.count) missing.emplace(metric.name, counted.why_not);
  }
  return missing;
}

}  // namespace assay::host
