#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/metric.hpp"
#include "core/result/effect.hpp"
#include "core/result/verdict.hpp"

namespace assay {

/// How the iterations of one arm's measured trials behaved, for a metric that counts only the steady state.
struct ArmSteadiness {
  int flat = 0;  ///< trials of each class
  int warm_up = 0;
  int slow_down = 0;
  int no_steady_state = 0;
  double median_start = 0;  ///< iterations before the steady state, in trials that have one; 0 if none has
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

/// One metric of one comparison.
struct MetricResult {
  Metric metric;
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  ArmSummary control;
  ArmSummary treatment;
  std::optional<Effect> effect;          ///< empty if no block gave values
  std::optional<Effect> effect_at_stop;  ///< what the looks had shown, if `effect` comes from fresh blocks only
  std::optional<EquivalenceInterval> equivalence;
  bool not_worse = false;  ///< one-sided, by the margin, at alpha_equivalence
  GuardStatus guard = GuardStatus::not_a_guard;
  std::optional<int> blocks_needed;      ///< to settle it at the margin, as the planner estimates
  std::optional<Steadiness> steadiness;  ///< if the metric counts only the steady state
  friend bool operator==(const MetricResult&, const MetricResult&) = default;
};

template <>
struct EnumNames<GuardStatus> {
  static constexpr std::array<std::string_view, 4> values = {"not-a-guard", "passed", "open", "failed"};
};

}  // namespace assay
