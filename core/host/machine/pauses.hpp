#pragma once

#include <memory>

#include "core/units.hpp"

namespace assay::host {

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
