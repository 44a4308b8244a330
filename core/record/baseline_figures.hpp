#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/interval.hpp"
#include "core/result/labels.hpp"
#include "core/units.hpp"

namespace assay {

/// A median with the interval that two order statistics bound. The confidence is exact for any distribution.
struct MedianFigure {
  double median = 0;
  std::optional<Interval> interval = {};  ///< std::nullopt: there are too few values
  double confidence = 0;                  ///< of the interval
  friend bool operator==(const MedianFigure&, const MedianFigure&) = default;
};

/// One metric in one cell of a baseline.
struct BaselineMetric {
  std::string name;
  std::string unit;
  int count = 0;  ///< measured trials that have a value
  MedianFigure figure = {};
  double mad = 0;  ///< median absolute deviation from the median, unscaled
  double minimum = 0;
  double maximum = 0;
  std::optional<double> resolution_percent = {};  ///< what the interval is to resolve: the metric's margin
  int runs_needed = 0;                            ///< about how many would resolve it; 0: these do
  friend bool operator==(const BaselineMetric&, const BaselineMetric&) = default;
};

/// What takes at least half of a phase's time, by the whole interval of its median share.
enum class PhaseBound {
  cpu,
  io,       ///< waiting for storage
  memory,   ///< waiting for memory
  waiting,  ///< for a timer, another process, the network
  mixed,    ///< none of them is shown to take half
};

/// What a phase spends its time on, as shares of the time in which its spans were open.
struct PhaseSpending {
  MedianFigure cpu = {};  ///< above 1 if several processors work at once
  std::optional<MedianFigure> io = {};
  std::optional<MedianFigure> memory = {};
  std::optional<MedianFigure> waiting = {};  ///< what is left; std::nullopt if io or memory is not reported
  std::optional<PhaseBound> bound = {};      ///< std::nullopt: too few trials report it
  friend bool operator==(const PhaseSpending&, const PhaseSpending&) = default;
};

/// One phase in one cell of a baseline, or the time that is in no phase. A trial without the phase counts as 0 s.
struct BaselinePhase {
  std::string name;  ///< empty: the rest
  int trials = 0;    ///< that reported it
  MedianFigure self_seconds = {};
  double mean_self_seconds = 0;  ///< the means of all phases and of the rest add up to the mean wall time
  double mean_total_seconds = 0;
  double mean_alone_seconds = 0;                ///< of the total: in which nothing went on outside of the phase
  double share = 0;                             ///< of the wall time of all trials together, 0 to 1
  std::optional<Interval> share_interval = {};  ///< of the median share of a trial
  double cumulative = 0;                        ///< of this phase and all before it
  std::optional<PhaseSpending> spending = {};   ///< std::nullopt: its spans do not report it
  friend bool operator==(const BaselinePhase&, const BaselinePhase&) = default;
};

/// The most that a cell's runs could gain if a phase took no time.
struct PhaseCeiling {
  std::string baseline;  ///< name of the record
  std::string workload;
  std::string state;
  std::string phase;
  MedianFigure share = {};  ///< of a run's wall time, 0 to 1
  /// The same if spans that do not say whether they are parts of each other went on beside each other; `share` takes
  /// them for parts. std::nullopt: the spans decide it.
  std::optional<MedianFigure> share_beside = {};
  friend bool operator==(const PhaseCeiling&, const PhaseCeiling&) = default;
};

/// How often trials ended in another way than measured.
struct BaselineFailure {
  std::string outcome;  ///< "exited 3"
  int count = 0;
  friend bool operator==(const BaselineFailure&, const BaselineFailure&) = default;
};

/// A phase of trials that are in no figure, since they failed or were killed: of its spans, those that ended.
struct UnmeasuredPhase {
  std::string name;
  int trials = 0;                ///< that reported it
  double mean_self_seconds = 0;  ///< of those
  friend bool operator==(const UnmeasuredPhase&, const UnmeasuredPhase&) = default;
};

/// A workload in one state.
struct BaselineCell {
  std::string workload;
  std::string state;
  int trials = 0;
  int measured = 0;
  std::vector<BaselineFailure> failures = {};
  std::vector<UnmeasuredPhase> unmeasured_phases = {};  ///< of the trials that failed, in byte order of their names
  std::vector<BaselineMetric> metrics = {};             ///< wall first
  std::vector<BaselinePhase> phases = {};  ///< the largest share first, the rest last; empty: no trial reported a span
  double mean_wall_seconds = 0;
  std::int64_t refused_spans = 0;
  std::vector<std::string> objections = {};  ///< why the first few were refused
  friend bool operator==(const BaselineCell&, const BaselineCell&) = default;
};

/// What a workload's timeout should be, according to its slowest measured trial in any state.
struct TimeoutAdvice {
  std::string workload;
  nanoseconds timeout{};  ///< as the experiment has it
  nanoseconds slowest{};
  nanoseconds median{};  ///< of the state with the largest one
  nanoseconds recommended{};
  bool is_loose = false;  ///< over ten times the median
  friend bool operator==(const TimeoutAdvice&, const TimeoutAdvice&) = default;
};

/// What a baseline's trials show.
struct BaselineFigures {
  std::vector<BaselineCell> cells;      ///< in the plan's order
  std::vector<TimeoutAdvice> timeouts;  ///< of workloads that were measured
  friend bool operator==(const BaselineFigures&, const BaselineFigures&) = default;
};

/// How the mean time of one phase, or of the rest, differs between two baselines or two arms. A phase that one of them
/// lacks took 0 s there.
struct PhaseChange {
  std::string name;  ///< empty: the rest
  double before_seconds = 0;
  double after_seconds = 0;
  bool is_only_before = false;
  bool is_only_after = false;
  std::optional<MedianFigure> in_a_block = {};  ///< of its change, in seconds; std::nullopt: there were no blocks
  friend bool operator==(const PhaseChange&, const PhaseChange&) = default;
};

/// How a cell's mean wall time differs. The changes of its phases and of the rest add up to it.
struct CellChange {
  std::string workload;
  std::string state;
  double before_seconds = 0;
  double after_seconds = 0;
  std::vector<PhaseChange> phases;  ///< the largest change first, the rest last; empty: neither reported a span
  int blocks = 0;                   ///< in which both were measured; 0: they were not measured in blocks
  friend bool operator==(const CellChange&, const CellChange&) = default;
};

/// How a baseline differs from an earlier one.
struct BaselineChange {
  std::vector<CellChange> cells;       ///< that both measured
  std::vector<std::string> unmatched;  ///< cells that only one of them measured: "deploy (cold)"
  friend bool operator==(const BaselineChange&, const BaselineChange&) = default;
};

/// Where the time of one arm of an experiment goes.
struct ArmPhases {
  NamedArm arm;
  BaselineFigures figures;  ///< only what follows from phases: neither metrics nor timeouts
  friend bool operator==(const ArmPhases&, const ArmPhases&) = default;
};

/// How much of the difference between two arms of an experiment each phase carries.
struct ArmChange {
  NamedArm before;
  NamedArm after;
  std::vector<CellChange> cells;  ///< in the plan's order; those in which both reported their phases
  friend bool operator==(const ArmChange&, const ArmChange&) = default;
};

/// Where the time of an experiment's arms goes.
struct ExperimentPhases {
  std::vector<ArmPhases> arms;     ///< control first
  std::vector<ArmChange> changes;  ///< from control to each of the others
  friend bool operator==(const ExperimentPhases&, const ExperimentPhases&) = default;
};

template <>
struct EnumNames<PhaseBound> {
  static constexpr std::array<std::string_view, 5> values = {"cpu", "io", "memory", "waiting", "mixed"};
};

}  // namespace assay
