#pragma once

#include "core/result/result.hpp"
#include "experiments/decide/comparison/comparison_analysis.hpp"
#include "experiments/decide/comparison/comparison_evidence.hpp"
#include "experiments/decide/rules/decision_rule.hpp"
#include "experiments/decide/rules/failure_rule.hpp"

namespace assay::decide {

/// What a comparison of the analysis rests on so far.
[[nodiscard]] ComparisonEvidence evidence_of(const ComparisonAnalysis& analysis, const ComparisonState& comparison);

/// The result of a comparison so far: what follows from its tests, failures, checks and diagnoses.
[[nodiscard]] Comparison comparison_result(const ComparisonEvidence& evidence);
[[nodiscard]] Comparison comparison_result(const ComparisonAnalysis& analysis, const ComparisonState& comparison);

/// The same in outline; the comparison's diagnosis is made only if it may change the verdict.
[[nodiscard]] ComparisonOutline comparison_outline(const ComparisonAnalysis& analysis,
                                                   const ComparisonState& comparison);

/// Adjusts what comparisons claim together by Holm's method: the primary metric's p-values if `primaries`, and always
/// those of the guards. \param states  one for each result.
enum class HolmFamily { guards, primaries_and_guards };
void state_families(const Plan& plan, std::span<const ComparisonState* const> states, HolmFamily family,
                    std::vector<Comparison>& results);

/// What the comparison's decision rests on.
[[nodiscard]] Grounds grounds_of(const Comparison& comparison, const FailureTally& failures);

}  // namespace assay::decide
