#pragma once

#include <optional>
#include <span>

#include "core/result.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/decide/attempt_state.hpp"
#include "experiments/decide/rules/decision_rule.hpp"

namespace assay::decide {

/// What one comparison rests on.
struct ComparisonEvidence {
  const Plan& plan;
  const ComparisonState& comparison;
  std::span<const Block> blocks;  ///< complete ones, all that it takes into account
  const CellBlocks& cell;
  const AuditResult& audit;
  AttemptsLeft left = AttemptsLeft::some;
};
[[nodiscard]] Comparison comparison_result(const ComparisonEvidence& evidence);

/// One comparison as it stands: what its tests, failures, checks and diagnoses come to.
[[nodiscard]] Comparison comparison_result(const AttemptState& state, const ComparisonState& comparison);

/// The same in outline; the comparison's diagnosis is made only where it may change the verdict.
[[nodiscard]] ComparisonOutline comparison_outline(const AttemptState& state, const ComparisonState& comparison);

/// One metric of it with the figures of both arms. \param test  index among the comparison's tests.
[[nodiscard]] MetricResult metric_result(const ComparisonEvidence& evidence, std::size_t test,
                                         double autocorrelation_factor);

/// One metric as its test stands, without the figures of the arms.
[[nodiscard]] MetricResult metric_result(const MetricTest& test, std::size_t metric);

/// What the comparison's decision rests on.
[[nodiscard]] Grounds grounds_of(const Comparison& comparison, const FailureTally& failures);

/// Whether any attempt may follow this one, as far as can be told yet: an unfinished one leaves itself.
[[nodiscard]] AttemptsLeft attempts_left_after(const AttemptState& state);

}  // namespace assay::decide
