#pragma once

#include <string_view>
#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// Counts SIGINT, SIGTERM and SIGHUP from its making to its end, in place of their usual effect. From the second on,
/// launchers that are watched end their running children at once. One at a time in a process.
class StopSignals {
 public:
  /// \param answer  written to standard error when the first signal comes, also in the middle of a long trial; a
  ///                literal, or what else outlives this object
  explicit StopSignals(std::string_view answer);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// In place of those watched so far; they must outlive this object, or be replaced by none first. At most two.
  void watch(const std::vector<Launcher*>& launchers) noexcept;

  [[nodiscard]] int count() const noexcept;
};

/// SIGTERM, the grace, SIGKILL.
[[nodiscard]] std::vector<StopStep> terminate_then_kill(nanoseconds grace);

}  // namespace assay::host
