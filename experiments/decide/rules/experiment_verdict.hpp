#pragma once

#include <span>

#include "core/plan.hpp"
#include "core/result.hpp"
#include "experiments/decide/rules/verdict_rule.hpp"

namespace assay::decide {

/// What all comparisons say together (docs/methods/many-comparisons.md): the first that applies of invalid (any),
/// regressed (any; mixed where another improved), improved, equivalent (all), inconclusive. Improved needs every
/// comparison improved where the claim is "all"; else one, and every other not worse.
[[nodiscard]] MetricVerdict experiment_verdict(ClaimRule claim, std::span<const Comparison> comparisons);

/// What the averages over cells say: as above, over treatments.
[[nodiscard]] MetricVerdict suite_verdict(std::span<const MetricResult> suites);

/// What the races of all cells say: as above, over cells.
[[nodiscard]] MetricVerdict search_verdict(std::span<const LevelSearch> searches);

/// What ended the attempt: what ended the comparison that was least decided.
[[nodiscard]] Stop experiment_stop(std::span<const Comparison> comparisons);
[[nodiscard]] Stop search_stop(std::span<const LevelSearch> searches);

/// Adjusts the p-values of the primary metric over all comparisons (Holm 1979), and calls a direction known where that
/// shows it although the interval, which is Bonferroni's, does not. No verdict changes.
void state_by_holm(std::vector<Comparison>& comparisons, double alpha);
/// The same of the guards of all comparisons: the claim that one of them got worse is made in the name of all.
void state_guards_by_holm(std::vector<Comparison>& comparisons, double alpha);

}  // namespace assay::decide
