#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/decision.hpp"
#include "core/enum_names.hpp"
#include "core/metric.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"
#include "core/verdict.hpp"

namespace assay {

/// A closed interval; an end that nothing bounds is -infinity or infinity.
struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

/// One arm's values of one metric, of the measured trials, in the metric's unit.
struct ArmSummary {
  int count = 0;   ///< measured trials; the figures below are 0 where there is none
  int failed = 0;  ///< trials with any other outcome
  double median = 0;
  double mad = 0;  ///< median absolute deviation from the median, unscaled
  double mean = 0;
  double standard_deviation = 0;  ///< 0 below two trials
  double minimum = 0;
  double lower_quartile = 0;
  double upper_quartile = 0;
  double maximum = 0;
  friend bool operator==(const ArmSummary&, const ArmSummary&) = default;
};

/// How a treatment differs from control: log-ratio for a positive metric, treatment - control for the other kinds.
/// Infinite where failed trials leave no bound.
struct Effect {
  double estimate = 0;
  Interval interval;      ///< simultaneous over all looks
  double confidence = 0;  ///< 0.95: of the interval
  std::string estimator = "hodges-lehmann";
  std::optional<double> p;  ///< sequential, two-sided; never 0
  friend bool operator==(const Effect&, const Effect&) = default;
};

/// The interval that shows equivalence: confidence 1 - 2 alpha_eq.
struct EquivalenceInterval {
  Interval interval;
  double confidence = 0;
  friend bool operator==(const EquivalenceInterval&, const EquivalenceInterval&) = default;
};

/// What the iterations of one arm's measured trials came to, of a metric that counts the steady state alone.
struct ArmSteadiness {
  int flat = 0;  ///< trials of each class
  int warm_up = 0;
  int slow_down = 0;
  int no_steady_state = 0;
  double median_start = 0;  ///< iterations before the steady state, in those that have one; 0 where none has
  [[nodiscard]] int trials() const { return flat + warm_up + slow_down + no_steady_state; }
  friend bool operator==(const ArmSteadiness&, const ArmSteadiness&) = default;
};

/// Both arms of a comparison.
struct Steadiness {
  ArmSteadiness control;
  ArmSteadiness treatment;
  friend bool operator==(const Steadiness&, const Steadiness&) = default;
};

enum class GuardStatus { not_a_guard, passed, open, failed };

struct MetricResult {
  std::size_t metric = 0;  ///< index into the plan's metrics
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  ArmSummary control;
  ArmSummary treatment;
  std::optional<Effect> effect;          ///< nothing where no block gave values
  std::optional<Effect> effect_at_stop;  ///< where fresh blocks alone gave `effect`: what the looks had shown
  std::optional<EquivalenceInterval> equivalence;
  bool not_worse = false;  ///< one-sided, by the margin, at alpha_equivalence
  GuardStatus guard = GuardStatus::not_a_guard;
  std::optional<int> blocks_needed;      ///< planner: to settle it at the margin
  std::optional<Steadiness> steadiness;  ///< where it counts the steady state alone
  friend bool operator==(const MetricResult&, const MetricResult&) = default;
};

/// A condition of the data that a reader should know; only those the table of docs/methods/diagnostics.md names may
/// change a verdict.
struct Diagnostic {
  std::string name;  ///< "order-effect" (of a duet "cpu-effect"), "drift", "unstable", "autocorrelation", "modes",
                     ///< "asymmetry", "resolution", "steady-state", and what single metrics lack
  bool flag = false;
  double statistic = 0;
  std::optional<double> p;
  std::string note;  ///< one sentence for people; empty where not flagged
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

struct CheckResult {
  std::string name;
  bool passed = true;
  int failed_control = 0;    ///< trials
  int failed_treatment = 0;  ///< trials
  std::string detail;        ///< of the first failure
  friend bool operator==(const CheckResult&, const CheckResult&) = default;
};

/// One treatment against control in one cell.
struct Comparison {
  std::size_t cell = 0;
  ArmIndex treatment = 1;
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  Decision decision = Decision::undecided;
  DecisionReason decision_reason = DecisionReason::inconclusive;
  Stop stop = Stop::cap;
  int blocks = 0;        ///< complete ones, analysed
  int fresh_blocks = 0;  ///< of these, the ones that were run after the stop to confirm it
  int failed_control = 0;
  int failed_treatment = 0;
  std::optional<double> failure_p;    ///< exact McNemar; where any trial failed
  std::vector<MetricResult> metrics;  ///< primary first, then guards, then observed
  std::vector<CheckResult> checks;
  std::vector<Diagnostic> diagnostics;
  friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// What became of a level in a race.
enum class LevelFate {
  surviving,
  worse,   ///< than a level that was still in the race
  guard,   ///< beyond a guard's margin, against the first level
  broken,  ///< its trials failed where those of the first level did not
};

/// One level at the end of its race. Its figures served to choose: they are exploratory.
struct LevelStanding {
  ArmIndex level = 0;
  LevelFate fate = LevelFate::surviving;
  std::optional<ArmIndex> beaten_by;  ///< where the fate is worse
  int blocks = 0;                     ///< in which it ran
  ArmSummary values;                  ///< of the primary metric in all of them
  int compared_blocks = 0;            ///< in which the first level ran too; below for those
  std::vector<MetricResult> metrics;  ///< against the first level, primary first; empty for the first
  friend bool operator==(const LevelStanding&, const LevelStanding&) = default;
};

/// The race of all levels for the best in one cell (docs/methods/levels.md).
struct LevelSearch {
  std::size_t cell = 0;
  Verdict verdict = Verdict::inconclusive;  ///< of the best level against the first, from fresh blocks
  VerdictReason reason = VerdictReason::none;
  Decision decision = Decision::undecided;
  DecisionReason decision_reason = DecisionReason::inconclusive;
  bool not_worse = false;
  Stop stop = Stop::cap;  ///< what ended the race; its confirmation has a stop of its own
  int blocks = 0;         ///< of the race
  double confidence = 0;  ///< of each interval in it
  std::vector<LevelStanding> levels;
  std::optional<ArmIndex> best;  ///< nothing where several are left
  friend bool operator==(const LevelSearch&, const LevelSearch&) = default;
};

/// What a plan to settle an inconclusive comparison would take.
struct Advice {
  std::optional<double> detectable_percent;  ///< the smallest effect these blocks show with the plan's power
  std::optional<int> blocks_needed;          ///< for the margin
  std::optional<double> seconds_needed;      ///< at this attempt's pace
  std::optional<double> step_percent = {};   ///< the values' step, where it alone keeps the margin from being shown:
                                             ///< then no number of blocks is enough
  friend bool operator==(const Advice&, const Advice&) = default;
};

/// One build of one arm: evidence of what its trials ran.
struct Build {
  ArmIndex arm = kControl;
  int number = 1;  ///< of this arm's builds
  std::string commit;
  std::string tree;
  std::string log;         ///< its file below .assay; empty outside a lab, where only failed ones are kept
  std::string log_sha256;  ///< of all that the build printed
  nanoseconds wall{};
  friend bool operator==(const Build&, const Build&) = default;
};

/// How one arm of one cell stood a check of isolation: evidence that a change which shares something may be kept.
struct IsolationChallenge {
  std::size_t cell = 0;
  ArmIndex arm = kControl;
  std::string check;
  std::string failure;   ///< empty: it kept to itself
  std::string unproven;  ///< why the check was not shown able to fail; empty: it was
  friend bool operator==(const IsolationChallenge&, const IsolationChallenge&) = default;
};

struct AuditResult {
  bool passed = true;
  std::vector<std::string> differs;    ///< what the variable declares: "env READY_MODE"
  std::vector<std::string> intruders;  ///< what it does not
  std::vector<std::string> notes;
  std::vector<Build> builds = {};                   ///< in their order, those of earlier sessions first
  std::vector<IsolationChallenge> challenges = {};  ///< of the last session, where the variable shares something
  friend bool operator==(const AuditResult&, const AuditResult&) = default;
};

/// The outcome of one attempt: everything that is reported, computed from plan, blocks and audit alone.
struct AttemptResult {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  Decision decision = Decision::undecided;
  DecisionReason decision_reason = DecisionReason::inconclusive;
  Stop stop = Stop::cap;
  bool not_worse = false;
  int blocks = 0;
  int trials = 0;
  int failed_control = 0;
  int failed_treatment = 0;
  int void_blocks = 0;  ///< run again since their surroundings failed
  AuditResult audit;
  std::vector<Comparison> comparisons;  ///< cell by cell, treatment by treatment; of races, the best levels' fresh
                                        ///< blocks against the first level
  std::vector<LevelSearch> searches;    ///< one per cell where the levels race; none otherwise
  std::vector<MetricResult> suite;      ///< where the claim is the suite: the primary metric averaged over all cells,
                                        ///< one per treatment, without figures of the arms
  Advice advice;
  friend bool operator==(const AttemptResult&, const AttemptResult&) = default;
};

/// 100 (e^x - 1): the change in percent that a log-ratio stands for.
[[nodiscard]] double percent_of_log_ratio(double log_ratio);

template <>
struct EnumNames<LevelFate> {
  static constexpr std::array<std::string_view, 4> values = {"surviving", "worse", "guard", "broken"};
};

template <>
struct EnumNames<GuardStatus> {
  static constexpr std::array<std::string_view, 4> values = {"not-a-guard", "passed", "open", "failed"};
};

}  // namespace assay
