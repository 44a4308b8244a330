#pragma once

#include <optional>
#include <span>

#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "core/result/metric_result.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/comparison/comparison_state.hpp"
#include "experiments/decide/rules/decision_rule.hpp"
#include "stats/diagnosis/diagnostics.hpp"

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

/// The values of one of the comparison's metrics. \param test  index among the comparison's tests.
[[nodiscard]] PairedSeries series_of(const ComparisonEvidence& evidence, std::size_t test);

/// The conditions of the primary metric's data.
[[nodiscard]] stats::Diagnosis diagnosis_of(const ComparisonEvidence& evidence);

/// Empty if the metric does not count the steady state.
[[nodiscard]] std::optional<Steadiness> steadiness_in(const ComparisonEvidence& evidence, std::size_t test);

}  // namespace assay::decide
