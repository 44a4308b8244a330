#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result/budget_use.hpp"
#include "core/result/decision.hpp"
#include "core/result/labels.hpp"
#include "core/result/metric_result.hpp"
#include "core/result/verdict.hpp"

namespace assay {

/// What became of a level in a race.
enum class LevelFate {
  surviving,
  worse,   ///< than a level that was still in the race
  guard,   ///< beyond a guard's margin, against the first level
  broken,  ///< its trials failed and those of the first level did not
};

/// One level at the end of its race. Its figures served to choose, so they are exploratory.
struct LevelStanding {
  NamedArm level;
  LevelFate fate = LevelFate::surviving;
  std::optional<NamedArm> beaten_by;   ///< if the fate is `worse`
  int blocks = 0;                      ///< in which it ran
  ArmSummary values;                   ///< of the primary metric in all of them
  int compared_blocks = 0;             ///< in which the first level ran too; the metrics below are about those
  std::vector<MetricResult> metrics;   ///< against the first level, primary first; empty for the first
  std::vector<BudgetUse> budget = {};  ///< what it took of each part that the plan limits
  int pressed_trials = 0;              ///< in which memory ran out, was swapped, or everything waited for it
  friend bool operator==(const LevelStanding&, const LevelStanding&) = default;
};

/// The race of all levels for the best in one cell (docs/methods/levels.md).
struct LevelSearch {
  NamedCell cell;
  Metric metric;                            ///< the primary one
  Verdict verdict = Verdict::inconclusive;  ///< of the best level against the first, from fresh blocks
  VerdictReason reason = VerdictReason::none;
  Decision decision = Decision::undecided;
  DecisionReason decision_reason = DecisionReason::inconclusive;
  bool not_worse = false;
  Stop stop = Stop::cap;  ///< what ended the race; its confirmation has a stop of its own
  int blocks = 0;         ///< of the race
  double confidence = 0;  ///< of each interval in it
  std::vector<LevelStanding> levels;
  std::optional<NamedArm> best;  ///< empty if several are left
  /// The first level from which on nothing more is gained by the margin; empty if the levels are no rising numbers.
  std::optional<NamedArm> knee = {};
  std::optional<NamedArm> largest_within = {};  ///< the largest of them inside the budget and without memory pressure
  friend bool operator==(const LevelSearch&, const LevelSearch&) = default;
};

template <>
struct EnumNames<LevelFate> {
  static constexpr std::array<std::string_view, 4> values = {"surviving", "worse", "guard", "broken"};
};

}  // namespace assay
