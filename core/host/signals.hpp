#pragma once

#include <string_view>
#include <vector>

#include "core/host/process.hpp"

namespace assay::host {

/// Counts SIGINT, SIGTERM and SIGHUP from its making to its end, in place of their usual effect. From the second on, a
/// launcher that is watched ends its running child at once. One at a time in a process.
class StopSignals {
 public:
  /// \param answer  written to standard error when the first signal comes, also in the middle of a long trial; a
  ///                literal, or what else outlives this object
  explicit StopSignals(std::string_view answer);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// `launcher` must outlive this object, or be replaced by nullptr first.
  void watch(Launcher* launcher) noexcept;

  [[nodiscard]] int count() const noexcept;
};

/// SIGTERM, the grace, SIGKILL.
[[nodiscard]] std::vector<StopStep> terminate_then_kill(nanoseconds grace);

}  // namespace assay::host
