#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/trial_parts/phase_times.hpp"
#include "core/trial_parts/steady_series.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"

namespace assay {

// The ways a trial can end. Only `Measured` gives values that count, but every other ending is data too
// (docs/methods/failed-trials.md). Blocks hold the names.

struct Measured {
  static constexpr std::string_view kName = "measured";
  friend bool operator==(const Measured&, const Measured&) = default;
};
struct Exited {
  static constexpr std::string_view kName = "exited";
  int code = 0;
  friend bool operator==(const Exited&, const Exited&) = default;
};
struct Killed {
  static constexpr std::string_view kName = "killed";
  int signal = 0;
  bool core_dumped = false;
  friend bool operator==(const Killed&, const Killed&) = default;
};
struct TimedOut {
  static constexpr std::string_view kName = "timed-out";
  nanoseconds limit{};
  friend bool operator==(const TimedOut&, const TimedOut&) = default;
};
/// A declared check, or the reading of a declared metric, failed on this very trial.
struct CheckFailed {
  static constexpr std::string_view kName = "check-failed";
  std::string check;
  std::string detail;
  bool is_unmeasured = false;  ///< it is the primary metric that cannot be read: nothing is known of the trial
  friend bool operator==(const CheckFailed&, const CheckFailed&) = default;
};
/// An infrastructure failure: the block is run again.
struct HookFailed {
  static constexpr std::string_view kName = "hook-failed";
  std::string hook;
  std::string detail;
  friend bool operator==(const HookFailed&, const HookFailed&) = default;
};
/// An infrastructure failure: the block is run again.
struct StateUnproven {
  static constexpr std::string_view kName = "state-unproven";
  std::string detail;
  friend bool operator==(const StateUnproven&, const StateUnproven&) = default;
};
using Outcome = std::variant<Measured, Exited, Killed, TimedOut, CheckFailed, HookFailed, StateUnproven>;

[[nodiscard]] inline bool is_measured(const Outcome& outcome) {
  return std::holds_alternative<Measured>(outcome);
}
/// True if what surrounds the trial failed, so that it says nothing about its arm.
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
  /// Peak growth of the file systems meanwhile, if it was asked for and can be told from that of others.
  std::optional<Bytes> disk_growth = {};
  std::int64_t oom_kills = 0;  ///< processes of its own that the kernel killed because memory ran out
  // Events of the processor in user space, if they were asked for and the kernel gives them.
  std::optional<std::int64_t> instructions = {};
  std::optional<std::int64_t> cycles = {};
  std::optional<std::int64_t> branch_misses = {};
  std::optional<std::int64_t> cache_misses = {};  ///< of the last level of cache
  friend bool operator==(const Usage&, const Usage&) = default;
};

/// How strained the machine was while one trial ran. A value is empty if the kernel does not report it.
struct Strain {
  std::optional<double> load;              ///< 1-minute load average at the start
  std::optional<nanoseconds> cpu_stalled;  ///< PSI "some" time that passed during the trial
  std::optional<nanoseconds> io_stalled;
  std::optional<nanoseconds> memory_stalled;
  std::optional<nanoseconds> stolen;  ///< by the hypervisor, all CPUs together
  /// CPU time of everything that ran on the machine during the trial, the trial itself included, all CPUs together. The
  /// kernel counts it in ticks, of 10 ms mostly.
  std::optional<nanoseconds> machine_cpu = {};
  // These count the whole machine; they are 0 also if the kernel does not report them.
  nanoseconds memory_full_stalled{};  ///< PSI "full" time of memory that passed during the trial
  Bytes swapped = {};                 ///< written to and read from swap
  std::int64_t oom_kills = 0;         ///< of any process
  friend bool operator==(const Strain&, const Strain&) = default;
};

/// A process that outlived its trial. What it did until it was ended is in no metric.
struct LeftRunning {
  int pid = 0;
  std::string command_line;
  friend bool operator==(const LeftRunning&, const LeftRunning&) = default;
};

/// What happened around one trial and is in no metric of it. A part is 0 if there was nothing of its kind.
struct OutsideClock {
  nanoseconds prepare{};      ///< wall time of the prepare hooks
  nanoseconds prepare_cpu{};  ///< their CPU time
  nanoseconds after{};        ///< from the end of the program to the end of its checks and metrics
  nanoseconds conclude{};     ///< wall time of the conclude hooks
  nanoseconds conclude_cpu{};
  nanoseconds survived{};    ///< how long processes that it left running lived on, until they were ended
  nanoseconds services{};    ///< CPU time that processes of setups used while it ran and was checked
  int stops = 0;             ///< how often a signal stopped it, or the launcher meanwhile
  int failed_concludes = 0;  ///< how often its conclude hooks failed (rules 2): 1 if they were well when run once more
  friend bool operator==(const OutsideClock&, const OutsideClock&) = default;
};

/// One execution of one arm of one workload in one state.
struct Trial {
  ArmIndex arm = kControl;
  Outcome outcome;
  Usage usage;
  Strain strain;
  /// One per metric of the plan, in its order and unit. Empty if the trial was not measured or the metric does not
  /// apply to the workload.
  std::vector<std::optional<double>> values;
  /// One per metric that counts only the steady state, in the order of the metrics.
  std::vector<SteadySeries> steady = {};
  std::optional<int> exit_code = {};           ///< if it was measured and several codes count as success
  std::optional<int> cpu = {};                 ///< the CPU that it was bound to, in a duet
  int warm_ups_repeated = 0;                   ///< until its warm state was proven
  std::vector<LeftRunning> left_running = {};  ///< processes that still ran when it ended, and were ended then
  OutsideClock outside = {};
  std::optional<PhaseTimes> phases = {};  ///< if its spans were read
  /// What else a reader should know, in words: "left in TMPDIR: scrap". `notes_in_words` has the fields above as well.
  std::vector<std::string> notes;
  /// Tests that passed only when they were run again, according to its test-inventory checks; in byte order.
  std::vector<std::string> flaky_tests;
  /// Tests that made a test-inventory check fail by failing, in byte order; at most 100.
  std::vector<std::string> failed_tests = {};
  friend bool operator==(const Trial&, const Trial&) = default;
};

/// False if a hook or a proof of the state failed before its program was started.
[[nodiscard]] bool was_started(const Trial& trial);

/// Clears the values of a trial that turns out to have failed.
/// \param metrics  how many the plan has
void drop_values(Trial& trial, std::size_t metrics);

}  // namespace assay
