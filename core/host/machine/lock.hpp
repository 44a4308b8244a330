#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/error.hpp"

namespace assay::host {

/// The holder of the lock: "pid 4711, assay run readiness-poll, since 14:05".
struct LockHolder {
  std::string description;
};

/// The environment variable that holds the path of the lock file that the caller of a process holds.
inline constexpr const char* kLockHeldVariable = "ASSAY_LOCK_HELD";

/// The lock stays taken by another measurement.
class HostBusyError : public Error {
 public:
  HostBusyError(LockHolder holder, std::string path);
  [[nodiscard]] const LockHolder& holder() const noexcept { return holder_; }
  /// The lock's file.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  LockHolder holder_;
  std::string path_;
};

/// The right to measure on this host, which one process can hold at a time. The lock file is in $ASSAY_LOCK_DIR, else
/// in /run/lock or $XDG_RUNTIME_DIR (the first that is writable), and is named by boot id and Slurm node. The kernel
/// releases the lock when its holder dies. Those who wait take it before those who come later, so that two who measure
/// one experiment after another take turns.
///
/// If a trial starts another assay, that one inherits the lock: the holder that the lock file names must be an ancestor
/// of this process. The environment only says which file to look at, so no value in it can fake a lock.
class MeasuringLock {
 public:
  /// Takes the lock and waits at most `patience`; `waiting` is called once, before the first wait.
  /// \throws HostBusyError that names the holder if the lock stays taken; Error if there is no folder for the lock.
  MeasuringLock(const std::string& purpose, std::chrono::nanoseconds patience,
                const std::function<void(const LockHolder&)>& waiting);
  /// The right to something else that one process at a time may do, on whatever host: the lock of this file, which is
  /// made if it is missing. \throws as above.
  [[nodiscard]] static MeasuringLock of_file(const std::string& path, const std::string& purpose,
                                             std::chrono::nanoseconds patience,
                                             const std::function<void(const LockHolder&)>& waiting);
  ~MeasuringLock();
  MeasuringLock(MeasuringLock&&) noexcept;
  MeasuringLock& operator=(MeasuringLock&&) noexcept;

  /// Whether another measurement runs on this host now, which is possible only if its lock lies in another folder
  /// (`ASSAY_LOCK_DIR`). False if the lock is inherited, if it is not that of a host, or if neither /run/lock nor
  /// $XDG_RUNTIME_DIR can be written. Cost: two system calls.
  [[nodiscard]] bool sees_another_measurement() const;

  /// The path of the lock file, for `kLockHeldVariable` in the environment of a trial.
  [[nodiscard]] const std::string& path() const;

 private:
  struct State;
  explicit MeasuringLock(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Who holds the right to measure on this host: empty if nobody does, or only an ancestor of this process, for which it
/// is started. It takes no exclusive lock, so it delays nobody who measures.
/// \throws Error if there is no folder for the lock.
[[nodiscard]] std::optional<LockHolder> find_other_measurement();

}  // namespace assay::host
