#pragma once

#include <chrono>
#include <memory>

#include "core/units.hpp"

namespace assay::host {

/// Adds up how long somebody who is to look several times a second did not.
class PauseCount {
 public:
  /// How often it is to look.
  static constexpr nanoseconds kTick = std::chrono::milliseconds(200);

  explicit PauseCount(nanoseconds now) : last_(now) {}
  /// A look at this time of the monotonic clock. It is a pause if it comes more than a second after it was due.
  void look(nanoseconds now);
  /// By how much the pauses were late, all together.
  [[nodiscard]] nanoseconds stood_still() const { return stood_still_; }

 private:
  nanoseconds last_;
  nanoseconds stood_still_{};
};

/// Notices when this process is stopped and continued (Ctrl-Z and fg, SIGSTOP and SIGCONT) while it lives.
///
/// A thread wakes several times a second. If it sleeps for more than a second beyond that, the whole process stood
/// still: no signal handler can tell when a stop began. A machine so loaded that a thread waits this long for a CPU
/// counts as stopped, too.
class PauseWatch {
 public:
  PauseWatch();
  ~PauseWatch();
  PauseWatch(const PauseWatch&) = delete;
  PauseWatch& operator=(const PauseWatch&) = delete;

  /// How long the process has stood still so far, in pauses of more than a second.
  [[nodiscard]] nanoseconds stood_still() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::host
