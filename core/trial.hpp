#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/steady_series.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"

namespace assay {

/// The ways a trial can end. Only `Measured` gives values that count; every other ending is data too
/// (docs/methods/failed-trials.md).
struct Measured {
  friend bool operator==(const Measured&, const Measured&) = default;
};
struct Exited {
  int code = 0;
  friend bool operator==(const Exited&, const Exited&) = default;
};
struct Killed {
  int signal = 0;
  bool core_dumped = false;
  friend bool operator==(const Killed&, const Killed&) = default;
};
struct TimedOut {
  nanoseconds limit{};
  friend bool operator==(const TimedOut&, const TimedOut&) = default;
};
/// A declared check, or the reading of a declared metric, failed on this very trial.
struct CheckFailed {
  std::string check;
  std::string detail;
  friend bool operator==(const CheckFailed&, const CheckFailed&) = default;
};
/// An infrastructure failure: the block is run again.
struct HookFailed {
  std::string hook;
  std::string detail;
  friend bool operator==(const HookFailed&, const HookFailed&) = default;
};
/// An infrastructure failure: the block is run again.
struct StateUnproven {
  std::string detail;
  friend bool operator==(const StateUnproven&, const StateUnproven&) = default;
};
using Outcome = std::variant<Measured, Exited, Killed, TimedOut, CheckFailed, HookFailed, StateUnproven>;

[[nodiscard]] inline bool is_measured(const Outcome& outcome) {
  return std::holds_alternative<Measured>(outcome);
}
/// The trial says nothing about its arm: its surroundings failed.
[[nodiscard]] inline bool is_infrastructure_failure(const Outcome& outcome) {
  return std::holds_alternative<HookFailed>(outcome) || std::holds_alternative<StateUnproven>(outcome);
}
/// "measured", "exited 3", "killed by signal 11 (core dumped)", "timed out after 10 s", "check failed: NAME: DETAIL".
[[nodiscard]] std::string describe(const Outcome& outcome);

/// What the kernel counted for one trial: the main child and every descendant that was reaped under it or by the
/// launcher. `max_rss` is that of the largest single process.
struct Usage {
  nanoseconds wall{};
  nanoseconds user{};
  nanoseconds system{};
  Bytes max_rss;
  std::optional<Bytes> memory_peak;  ///< of the whole process tree
  std::int64_t minor_faults = 0;
  std::int64_t major_faults = 0;
  std::int64_t blocks_read = 0;     ///< of 512 B
  std::int64_t blocks_written = 0;  ///< of 512 B
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;
  friend bool operator==(const Usage&, const Usage&) = default;
};

/// Strain of the machine while one trial ran; what the kernel does not tell is nothing.
struct Strain {
  std::optional<double> load;              ///< 1-minute load average at the start
  std::optional<nanoseconds> cpu_stalled;  ///< PSI "some" time that passed during the trial
  std::optional<nanoseconds> io_stalled;
  std::optional<nanoseconds> memory_stalled;
  std::optional<nanoseconds> stolen;  ///< by the hypervisor, all CPUs together
  friend bool operator==(const Strain&, const Strain&) = default;
};

/// One execution of one arm of one workload in one state.
struct Trial {
  ArmIndex arm = kControl;
  Outcome outcome;
  Usage usage;
  Strain strain;
  /// One per metric of the plan, in its order and unit; nothing where the trial was not measured or the metric does
  /// not apply to the workload.
  std::vector<std::optional<double>> values;
  /// One per metric that counts the steady state alone, in the order of the metrics.
  std::vector<SteadySeries> steady = {};
  std::optional<int> cpu = {};  ///< the one that it was bound to, in a duet
  /// What it left running and was ended: "pid 4711 sleep 1000"; and the like, in words.
  std::vector<std::string> notes;
  /// Tests that passed only when they were run again, by the reports of its test-inventory checks; in byte order.
  std::vector<std::string> flaky_tests;
  friend bool operator==(const Trial&, const Trial&) = default;
};

/// Takes what was measured of the plan's metrics from a trial that turns out to have failed.
void drop_values(Trial& trial, std::size_t metrics);

}  // namespace assay
