#include "core/host/process/duet.hpp"

#include <atomic>
#include <future>

#include "core/host/machine/clock.hpp"

namespace assay::host {
namespace {

/// Enough time for both launchers to get their requests and line up.
constexpr std::chrono::milliseconds kGathering(1);
/// How soon the other part is stopped if one could not be started.
constexpr std::chrono::milliseconds kReminderPeriod(500);

}  // namespace

std::array<ProcessResult, 2> run_duet(const std::array<DuetPart, 2>& parts) {
  const nanoseconds start = monotonic_time() + kGathering;
  std::atomic<bool> failed = false;
  // Each part has a thread, because waiting for a child and reading its streams is one loop in `Launcher::run`.
  const auto run = [&](const DuetPart& part) {
    try {
      ProcessRequest request = part.request;
      request.start_at = start;
      return part.launcher.run(request);
    } catch (...) {
      failed = true;
      throw;
    }
  };
  std::array<std::future<ProcessResult>, 2> ends = {std::async(std::launch::async, run, std::cref(parts[0])),
                                                    std::async(std::launch::async, run, std::cref(parts[1]))};
  for (const std::future<ProcessResult>& end : ends) {
    while (end.wait_for(kReminderPeriod) == std::future_status::timeout) {
      if (!failed) continue;
      for (const DuetPart& part : parts) part.launcher.interrupt(Launcher::Haste::at_once);
    }
  }
  return {ends[0].get(), ends[1].get()};
}

}  // namespace assay::host
