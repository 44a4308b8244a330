#include <cerrno>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

/// The open counters, in the order of the request; -1 for one that could not be opened.
std::array<int, kMaxEvents> open_counters;
int counter_count = 0;

/// What a counter answers (PERF_FORMAT_TOTAL_TIME_ENABLED and _RUNNING), summed over all processes that inherited it.
struct Answered {
  std::uint64_t count;
  std::uint64_t enabled_ns;
  std::uint64_t running_ns;
};

/// A counter of the launcher itself that stays off there: each child gets a copy, which its program switches on, and
/// all that the child starts gets one that is on. Only user space is counted, because that is what every user may count
/// (kernel.perf_event_paranoid = 2, the usual value) and what repeats best.
int open_counter(const CountedEvent& event) {
  perf_event_attr attributes = {};
  attributes.size = sizeof attributes;
  attributes.type = event.type;
  attributes.config = event.config;
  attributes.disabled = 1;
  attributes.inherit = 1;
  attributes.enable_on_exec = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  const pid_t this_process = 0;
  const int any_cpu = -1;
  const int no_group = -1;
  return static_cast<int>(
      syscall(SYS_perf_event_open, &attributes, this_process, any_cpu, no_group, PERF_FLAG_FD_CLOEXEC));
}

void close_events() {
  for (int index = 0; index < counter_count; ++index) {
    const int counter = open_counters[static_cast<std::size_t>(index)];
    if (counter >= 0) close(counter);
  }
  counter_count = 0;
}

}  // namespace

void open_events(const Request& request, Report& report) {
  close_events();
  counter_count = request.event_count;
  for (int index = 0; index < counter_count; ++index) {
    const auto place = static_cast<std::size_t>(index);
    open_counters[place] = open_counter(request.events[place]);
    report.event_counts[place] = {.count = 0, .error = open_counters[place] < 0 ? errno : 0, .is_interrupted = false};
  }
}

void read_events(Report& report) {
  for (int index = 0; index < counter_count; ++index) {
    const auto place = static_cast<std::size_t>(index);
    EventCount& counted = report.event_counts[place];
    if (open_counters[place] < 0) continue;
    Answered answered = {};
    const ssize_t length = read(open_counters[place], &answered, sizeof answered);
    counted.error = length == sizeof answered ? 0 : (length < 0 ? errno : EIO);
    counted.count = static_cast<std::int64_t>(answered.count);
    counted.is_interrupted = answered.running_ns < answered.enabled_ns || answered.running_ns == 0;
  }
}

}  // namespace assay::host::launcher
