#pragma once

#include <string_view>
#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// Counts SIGINT, SIGTERM and SIGHUP while it lives, instead of their usual effect. From the second signal on, the
/// watched launchers end their running children at once. Only one object may exist in a process.
class StopSignals {
 public:
  /// \param answer  written to standard error when the first signal arrives, even in the middle of a long trial; a
  /// literal or another text that outlives this object
  explicit StopSignals(std::string_view answer);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Watches these launchers, at most two, instead of the previous ones. They must outlive this object or be replaced
  /// first.
  void watch(const std::vector<Launcher*>& launchers) noexcept;

  [[nodiscard]] int count() const noexcept;
};

/// The steps SIGTERM, the grace period, SIGKILL.
[[nodiscard]] std::vector<StopStep> terminate_then_kill(nanoseconds grace);

}  // namespace assay::host
