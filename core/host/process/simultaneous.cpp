#include "core/host/process/simultaneous.hpp"

#include <atomic>
#include <future>

#include "core/host/machine/clock.hpp"

namespace assay::host {
namespace {

/// Enough time for all launchers to get their requests and line up.
constexpr std::chrono::milliseconds kGathering(1);
/// How soon the other parts are stopped if one could not be started.
constexpr std::chrono::milliseconds kReminderPeriod(500);

}  // namespace

std::vector<ProcessResult> run_simultaneously(const std::vector<SimultaneousPart>& parts) {
  const nanoseconds start = monotonic_time() + kGathering;
  std::atomic<bool> failed = false;
  // Each part has a thread, because waiting for a child and reading its streams is one loop in `Launcher::run`.
  const auto run = [&](const SimultaneousPart& part) {
    try {
      ProcessRequest request = part.request;
      request.start_at = start;
      return part.launcher.run(request);
    } catch (...) {
      failed = true;
      throw;
    }
  };
  std::vector<std::future<ProcessResult>> ends;
  for (const SimultaneousPart& part : parts) ends.push_back(std::async(std::launch::async, run, std::cref(part)));
  for (const std::future<ProcessResult>& end : ends) {
    while (end.wait_for(kReminderPeriod) == std::future_status::timeout) {
      if (!failed) continue;
      for (const SimultaneousPart& part : parts) part.launcher.interrupt(Launcher::Haste::at_once);
    }
  }
  std::vector<ProcessResult> results;
  for (std::future<ProcessResult>& end : ends) results.push_back(end.get());
  return results;
}

}  // namespace assay::host
