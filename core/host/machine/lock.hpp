#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace assay::host {

/// Who holds the lock: "pid 4711, assay run readiness-poll, since 14:05".
struct LockHolder {
  std::string description;
};

/// Where a process finds the lock that its caller holds: the lock file's path.
inline constexpr const char* kLockHeldVariable = "ASSAY_LOCK_HELD";

/// The right to measure on this host: one measurement at a time. Lies in $ASSAY_LOCK_DIR, else in /run/lock or
/// $XDG_RUNTIME_DIR (the first that can be written), named by boot id and Slurm node; the kernel releases it when its
/// holder dies.
///
/// An assay started by a trial of another inherits it: where the holder that the lock file names is an ancestor of this
/// process. The environment only says which file to look at, so no value there gives a lock that is not held.
class MeasuringLock {
 public:
  /// Takes the lock, waiting at most `patience`; `waiting` is called once, before the first wait.
  /// \throws Error of kind `refused` that names the holder when it stays taken; of kind `mistake` when there is no
  /// folder to lock in.
  MeasuringLock(const std::string& purpose, std::chrono::nanoseconds patience,
                const std::function<void(const LockHolder&)>& waiting);
  ~MeasuringLock();
  MeasuringLock(MeasuringLock&&) noexcept;
  MeasuringLock& operator=(MeasuringLock&&) noexcept;

  /// The lock file, for a trial's environment under `kLockHeldVariable`.
  [[nodiscard]] const std::string& path() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::host
