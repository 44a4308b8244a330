#include "experiments/decide/race/race_result.hpp"

#include <algorithm>
#include <array>

#include "experiments/decide/analysis/conclusion.hpp"
#include "experiments/decide/comparison/advice.hpp"
#include "experiments/decide/comparison/comparison_result.hpp"
#include "experiments/decide/comparison/held_back.hpp"
#include "experiments/decide/comparison/metric_results.hpp"
#include "experiments/decide/race/knee.hpp"
#include "experiments/decide/rules/budget_rule.hpp"
#include "experiments/decide/rules/decision_rule.hpp"
#include "experiments/decide/rules/experiment_verdict.hpp"
#include "experiments/decide/rules/isolation_rule.hpp"
#include "experiments/decide/rules/memory_pressure.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// The primary metric in every trial of one level that the race has seen.
ArmSummary values_of(const Plan& plan, ArmIndex level, std::span<const Block> blocks) {
  const std::size_t primary = primary_metric(plan);
  std::vector<double> values;
  int failed = 0;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, level)) {
      if (is_measured(trial->outcome) && trial->values[primary]) {
        values.push_back(*trial->values[primary]);
      } else {
        ++failed;
      }
    }
  }
  return stats::summarise(values, failed);
}

/// The level's row of the table: against the first level, over the blocks that both ran in.
LevelStanding standing_of(const RaceAnalysis& analysis, const LevelRace& race, ArmIndex level) {
  const std::span<const Block> searched = race.searched();
  const auto until = [&](ArmIndex which) {
    const int all = static_cast<int>(searched.size());
    return searched.first(static_cast<std::size_t>(race.exits()[which].blocks.value_or(all)));
  };
  const LevelExit& exit = race.exits()[level];
  LevelStanding standing;
  standing.level = named_arm(analysis.plan(), level);
  standing.fate = exit.fate;
  if (exit.beaten_by) standing.beaten_by = named_arm(analysis.plan(), *exit.beaten_by);
  standing.blocks = static_cast<int>(until(level).size());
  standing.values = values_of(analysis.plan(), level, until(level));
  if (analysis.plan().rules != kOldestRules) {
    standing.budget = budget_uses(analysis.plan(), until(level), level);
    standing.pressed_trials = pressed_trials(until(level), level);
  }
  if (level == kControl) return standing;
  const std::span<const Block> both = until(kControl).size() < until(level).size() ? until(kControl) : until(level);
  const ComparisonEvidence evidence{analysis.plan(),  race.pairs().against_first(level), both, race.blocks(),
                                    analysis.audit(), attempts_left_after(analysis)};
  standing.compared_blocks = static_cast<int>(both.size());
  for (std::size_t test = 0; test < evidence.comparison.tests().size(); ++test) {
    standing.metrics.push_back(metric_result(evidence, test, 1));
    standing.metrics.back().blocks_needed.reset();
  }
  return standing;
}

/// The best level against the first, in fresh blocks. \pre the race has a confirmation
ComparisonEvidence fresh_evidence(const RaceAnalysis& analysis, const LevelRace& race) {
  return {analysis.confirmation_plan(), *race.confirmation(), race.confirming(), race.blocks(), analysis.audit(),
          attempts_left_after(analysis)};
}

std::optional<Comparison> confirmed(const RaceAnalysis& analysis, const LevelRace& race) {
  if (!race.confirmation() || race.confirming().empty()) return std::nullopt;
  return comparison_result(fresh_evidence(analysis, race));
}

/// The verdict that the race itself allows, without fresh blocks.
MetricVerdict verdict_of_search(const LevelRace& race) {
  if (race.forced()) return *race.forced();
  if (!race.best()) return {Verdict::inconclusive, VerdictReason::several_left};
  if (*race.best() != kControl) return {Verdict::inconclusive, VerdictReason::awaiting_confirmation};
  if (race.surviving().size() > 1) return {Verdict::equivalent, VerdictReason::none};
  return {Verdict::regressed, VerdictReason::none};
}

Grounds grounds_of_search(const RaceAnalysis& analysis, const LevelRace& race, const LevelSearch& search,
                          const std::optional<Comparison>& confirmation) {
  const Grounds own{.verdict = search.verdict, .reason = search.reason, .not_worse = search.not_worse};
  if (!confirmation) return own;
  Grounds fresh = grounds_of(*confirmation, tally_failures(race.confirming(), *race.best()));
  fresh.awaits_isolation = awaits_isolation(analysis.plan(), analysis.audit(), *confirmation);
  fresh.held_back = held_back(fresh_evidence(analysis, race));
  fresh.vetoed = vetoed(fresh_evidence(analysis, race), confirmation->budget);
  return merged(own, std::array{fresh});
}

LevelSearch search_of(const RaceAnalysis& analysis, const LevelRace& race,
                      const std::optional<Comparison>& confirmation) {
  LevelSearch search = blank_search(analysis.plan(), race.cell());
  search.stop = race.stop().value_or(Stop::interrupted);
  search.blocks = static_cast<int>(race.searched().size());
  search.confidence = confidence_of(primary_levels(analysis.plan(), test_counts(analysis.plan())).sides);
  if (race.best()) search.best = named_arm(analysis.plan(), *race.best());
  for (ArmIndex level = 0; level < arm_count(analysis.plan()); ++level) {
    search.levels.push_back(standing_of(analysis, race, level));
  }
  if (analysis.plan().rules != kOldestRules) {
    search.knee = knee_of(analysis.plan(), search);
    search.largest_within = largest_within(analysis.plan(), search);
  }
  const MetricVerdict verdict = confirmation && !race.forced()
                                    ? MetricVerdict{confirmation->verdict, confirmation->reason}
                                    : verdict_of_search(race);
  search.verdict = verdict.verdict;
  search.reason = verdict.reason;
  search.not_worse = confirmation ? confirmation->metrics.front().not_worse : race.best() == kControl;
  return search;
}

/// Raises the advice to the blocks that tell apart, by the margin, the pair of surviving levels that needs most.
void advise(const RaceAnalysis& analysis, const LevelRace& race, Advice& advice) {
  if (race.best()) return;
  const Plan& plan = analysis.plan();
  const std::vector<ArmIndex> left = race.surviving();
  for (std::size_t second = 1; second < left.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      const MetricTest& test = race.pairs().test(left[first], left[second]);
      const PairedSeries series =
          paired_series(plan, {primary_metric(plan), left[second], left[first]}, race.searched());
      const std::optional<SeenNoise> noise =
          test.last_look() ? seen_noise(plan, test, series.effects, 1) : std::nullopt;
      const std::optional<int> blocks = noise ? blocks_for_margin(plan, test, *noise) : std::nullopt;
      if (blocks && blocks > advice.blocks_needed) advice.blocks_needed = blocks;
    }
  }
}

}  // namespace

AttemptResult race_result(const RaceAnalysis& analysis) {
  AttemptResult result = blank_result(analysis.plan());
  result.audit = analysis.audit();
  const Goal goal = analysis.plan().protocol.goal;
  std::vector<Grounds> grounds;
  std::vector<const ComparisonState*> confirmations;
  for (const LevelRace& race : analysis.races()) {
    count_trials(race.blocks(), result);
    advise(analysis, race, result.advice);
    std::optional<Comparison> confirmation = confirmed(analysis, race);
    LevelSearch search = search_of(analysis, race, confirmation);
    grounds.push_back(grounds_of_search(analysis, race, search, confirmation));
    const TypedDecision decision = decide(grounds.back(), goal, attempts_left_after(analysis));
    search.decision = decision.decision;
    search.decision_reason = decision.reason;
    result.searches.push_back(std::move(search));
    if (!confirmation) continue;
    result.comparisons.push_back(std::move(*confirmation));
    confirmations.push_back(&*race.confirmation());
  }
  state_families(analysis.plan(), confirmations, HolmFamily::primaries_and_guards, result.comparisons);
  result.not_worse = std::all_of(result.searches.begin(), result.searches.end(),
                                 [](const LevelSearch& search) { return search.not_worse; });
  result.stop = search_stop(result.searches);
  conclude(result, search_verdict(result.searches), grounds, attempts_left_after(analysis));
  return result;
}

}  // namespace assay::decide
