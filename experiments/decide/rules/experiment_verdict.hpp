#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "core/result/verdict.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"

namespace assay::decide {

/// The verdict of all comparisons together (docs/methods/many-comparisons.md): the first that applies of invalid (any),
/// regressed (any; mixed if another improved), improved, equivalent (all), inconclusive. If the claim is "all",
/// improved needs every comparison improved; otherwise one of them, and every other not worse.
[[nodiscard]] MetricVerdict experiment_verdict(ClaimRule claim, std::span<const Comparison> comparisons);

/// The verdict of the averages over cells: as above, over treatments.
[[nodiscard]] MetricVerdict suite_verdict(std::span<const SuiteResult> suites);

/// The verdict of the races of all cells: as above, over cells.
[[nodiscard]] MetricVerdict search_verdict(std::span<const LevelSearch> searches);

/// The level of a family of tests, and the rules by which its p-values are printed.
struct FamilyLevel {
  double alpha = 0.05;
  PrintedP printed = PrintedP::as_found;
};

/// What ended the attempt: the stop of the comparison, or of the race, that was least decided.
[[nodiscard]] Stop experiment_stop(std::span<const Comparison> comparisons);
[[nodiscard]] Stop search_stop(std::span<const LevelSearch> searches);

/// The p-value of one test of a family, as found: not bounded by the test's own level.
struct FamilyMember {
  std::optional<double> p;
  bool crossed = false;  ///< the test at its own level has crossed its boundary at 0
};

/// Adjusts the p-values of the primary metric over all comparisons (Holm 1979), and calls a direction known if they
/// show it although the interval, which is Bonferroni's, does not. No verdict changes. An adjusted p above alpha of a
/// test that has crossed is bounded by alpha, by the rules that say so.
/// \param found  one for each comparison.
void state_by_holm(std::vector<Comparison>& comparisons, std::span<const FamilyMember> found, const FamilyLevel& level);
/// The same for the guards of all comparisons, since the claim that one of them got worse is made for all together.
/// \param found  one for each guard, comparison by comparison.
void state_guards_by_holm(std::vector<Comparison>& comparisons, std::span<const FamilyMember> found,
                          const FamilyLevel& level);

}  // namespace assay::decide
