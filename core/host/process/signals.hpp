#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// The most launchers that may be watched at once.
inline constexpr std::size_t kMostWatchedLaunchers = 32;

/// Counts SIGINT, SIGTERM and SIGHUP while it lives, instead of their usual effect. SIGTERM, SIGHUP and every second
/// signal make the watched launchers end their running children at once: a cancelled job and a closed terminal have no
/// time to wait. Only one object may exist in a process.
///
/// After a second signal, work of this process itself that takes longer than a second is given up too, by ending the
/// process with exit code 130: the journal then has every block that ended, as after a kill, and the launchers end
/// their children. While a launcher runs a child (a cleanup) this waits for it.
class StopSignals {
 public:
  /// \param answer  written to standard error when the first signal arrives and is SIGINT, even in the middle of a long
  /// trial; a literal or another text that outlives this object. If it is empty, nothing is ever written.
  explicit StopSignals(std::string_view answer);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Watches these launchers, at most `kMostWatchedLaunchers`, instead of the previous ones. They must outlive this
  /// object or be replaced first. Without any, nothing that this process does is given up.
  void watch(const std::vector<Launcher*>& launchers) noexcept;

  [[nodiscard]] int count() const noexcept;
  /// Whether to stop in the middle of a block: after two signals, or after one that is not SIGINT.
  [[nodiscard]] bool at_once() const noexcept;
};

/// The steps SIGTERM, the grace period, SIGKILL.
[[nodiscard]] std::vector<StopStep> terminate_then_kill(nanoseconds grace);

}  // namespace assay::host
