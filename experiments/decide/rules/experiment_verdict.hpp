#pragma once

#include <span>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "core/result/verdict.hpp"

namespace assay::decide {

/// The verdict of all comparisons together (docs/methods/many-comparisons.md): the first that applies of invalid (any),
/// regressed (any; mixed if another improved), improved, equivalent (all), inconclusive. If the claim is "all",
/// improved needs every comparison improved; otherwise one of them, and every other not worse.
[[nodiscard]] MetricVerdict experiment_verdict(ClaimRule claim, std::span<const Comparison> comparisons);

/// The verdict of the averages over cells: as above, over treatments.
[[nodiscard]] MetricVerdict suite_verdict(std::span<const SuiteResult> suites);

/// The verdict of the races of all cells: as above, over cells.
[[nodiscard]] MetricVerdict search_verdict(std::span<const LevelSearch> searches);

/// What ended the attempt: the stop of the comparison, or of the race, that was least decided.
[[nodiscard]] Stop experiment_stop(std::span<const Comparison> comparisons);
[[nodiscard]] Stop search_stop(std::span<const LevelSearch> searches);

/// Adjusts the p-values of the primary metric over all comparisons (Holm 1979), and calls a direction known if they
/// show it although the interval, which is Bonferroni's, does not. No verdict changes.
void state_by_holm(std::vector<Comparison>& comparisons, double alpha);
/// The same for the guards of all comparisons, since the claim that one of them got worse is made for all together.
void state_guards_by_holm(std::vector<Comparison>& comparisons, double alpha);

}  // namespace assay::decide
