#include "experiments/decide/race_result.hpp"

#include <algorithm>

#include "experiments/decide/advice.hpp"
#include "experiments/decide/comparison_result.hpp"
#include "experiments/decide/rules/decision_rule.hpp"
#include "experiments/decide/rules/experiment_verdict.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

AttemptsLeft attempts_left_after(const RaceAttempt& attempt) {
  return attempt.finished() ? attempts_left(attempt.plan()) : AttemptsLeft::some;
}

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

/// The level's part of the table: against the first level, over the blocks that both ran in.
LevelStanding standing_of(const RaceAttempt& attempt, const LevelRace& race, ArmIndex level) {
  const std::span<const Block> searched = race.searched();
  const auto until = [&](ArmIndex which) {
    const int all = static_cast<int>(searched.size());
    return searched.first(static_cast<std::size_t>(race.exits()[which].blocks.value_or(all)));
  };
  const LevelExit& exit = race.exits()[level];
  LevelStanding standing;
  standing.level = level;
  standing.fate = exit.fate;
  standing.beaten_by = exit.beaten_by;
  standing.blocks = static_cast<int>(until(level).size());
  standing.values = values_of(attempt.plan(), level, until(level));
  if (level == kControl) return standing;
  const std::span<const Block> both = until(kControl).size() < until(level).size() ? until(kControl) : until(level);
  const ComparisonEvidence evidence{attempt.plan(),  race.pairs().against_first(level), both, race.blocks(),
                                    attempt.audit(), attempts_left_after(attempt)};
  standing.compared_blocks = static_cast<int>(both.size());
  for (std::size_t test = 0; test < evidence.comparison.tests().size(); ++test) {
    standing.metrics.push_back(metric_result(evidence, test, 1));
    standing.metrics.back().blocks_needed.reset();
  }
  return standing;
}

/// The best level against the first, in fresh blocks.
std::optional<Comparison> confirmed(const RaceAttempt& attempt, const LevelRace& race) {
  if (!race.confirmation() || race.confirming().empty()) return std::nullopt;
  return comparison_result({attempt.confirmation_plan(), *race.confirmation(), race.confirming(), race.blocks(),
                            attempt.audit(), attempts_left_after(attempt)});
}

/// Without fresh blocks: what the race itself allows to say.
MetricVerdict verdict_of_search(const LevelRace& race) {
  if (race.forced()) return *race.forced();
  if (!race.best()) return {Verdict::inconclusive, VerdictReason::several_left};
  if (*race.best() != kControl) return {Verdict::inconclusive, VerdictReason::awaiting_confirmation};
  if (race.surviving().size() > 1) return {Verdict::equivalent, VerdictReason::none};
  return {Verdict::regressed, VerdictReason::none};
}

Grounds grounds_of_search(const LevelRace& race, const LevelSearch& search,
                          const std::optional<Comparison>& confirmation) {
  Grounds grounds{.verdict = search.verdict, .reason = search.reason, .not_worse = search.not_worse};
  if (!confirmation) return grounds;
  const Grounds fresh = grounds_of(*confirmation, tally_failures(race.confirming(), *race.best()));
  grounds.guard_failed = fresh.guard_failed;
  grounds.guard_open = fresh.guard_open;
  grounds.failures_allow_keep = fresh.failures_allow_keep;
  grounds.control_checks_failed = fresh.control_checks_failed;
  return grounds;
}

LevelSearch search_of(const RaceAttempt& attempt, const LevelRace& race,
                      const std::optional<Comparison>& confirmation) {
  LevelSearch search;
  search.cell = race.cell();
  search.stop = race.stop().value_or(Stop::interrupted);
  search.blocks = static_cast<int>(race.searched().size());
  search.confidence = confidence_of(primary_levels(attempt.plan(), test_counts(attempt.plan())).sides);
  search.best = race.best();
  for (ArmIndex level = 0; level < arm_count(attempt.plan()); ++level) {
    search.levels.push_back(standing_of(attempt, race, level));
  }
  const MetricVerdict verdict = confirmation && !race.forced()
                                    ? MetricVerdict{confirmation->verdict, confirmation->reason}
                                    : verdict_of_search(race);
  search.verdict = verdict.verdict;
  search.reason = verdict.reason;
  search.not_worse = confirmation ? confirmation->metrics.front().not_worse : race.best() == kControl;
  return search;
}

void count_blocks(const LevelRace& race, AttemptResult& result) {
  result.blocks += race.blocks().complete_count();
  result.trials += race.blocks().trials_started();
  result.void_blocks += race.blocks().void_count();
  for (const Block& block : race.blocks().leading()) {
    for (const Trial& trial : block.trials) {
      if (is_measured(trial.outcome)) continue;
      ++(trial.arm == kControl ? result.failed_control : result.failed_treatment);
    }
  }
}

/// Blocks that would tell apart, by the margin, the pair of those left that needs most.
void advise(const RaceAttempt& attempt, const LevelRace& race, Advice& advice) {
  if (race.best()) return;
  const Plan& plan = attempt.plan();
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

/// The decision on all cells together; a level is kept for what it does everywhere.
Grounds together(const AttemptResult& result, const std::vector<Grounds>& cells) {
  Grounds overall{.verdict = result.verdict, .reason = result.reason, .not_worse = result.not_worse};
  for (const Grounds& cell : cells) {
    overall.guard_failed = overall.guard_failed || cell.guard_failed;
    overall.guard_open = overall.guard_open || cell.guard_open;
    overall.failures_allow_keep = overall.failures_allow_keep && cell.failures_allow_keep;
    overall.control_checks_failed = overall.control_checks_failed || cell.control_checks_failed;
  }
  return overall;
}

}  // namespace

AttemptResult race_result(const RaceAttempt& attempt) {
  AttemptResult result;
  result.audit = attempt.audit();
  const Goal goal = attempt.plan().protocol.goal;
  std::vector<Grounds> grounds;
  for (const LevelRace& race : attempt.races()) {
    count_blocks(race, result);
    advise(attempt, race, result.advice);
    std::optional<Comparison> confirmation = confirmed(attempt, race);
    LevelSearch search = search_of(attempt, race, confirmation);
    grounds.push_back(grounds_of_search(race, search, confirmation));
    const TypedDecision decision = decide(grounds.back(), goal, attempts_left_after(attempt));
    search.decision = decision.decision;
    search.decision_reason = decision.reason;
    result.searches.push_back(std::move(search));
    if (confirmation) result.comparisons.push_back(std::move(*confirmation));
  }
  state_by_holm(result.comparisons, attempt_alpha(attempt.plan()));
  state_guards_by_holm(result.comparisons, attempt_alpha(attempt.plan()));
  const MetricVerdict verdict = search_verdict(result.searches);
  result.verdict = verdict.verdict;
  result.reason = verdict.reason;
  result.not_worse = std::all_of(result.searches.begin(), result.searches.end(),
                                 [](const LevelSearch& search) { return search.not_worse; });
  result.stop = search_stop(result.searches);
  const TypedDecision decision = decide(together(result, grounds), goal, attempts_left_after(attempt));
  result.decision = decision.decision;
  result.decision_reason = decision.reason;
  return result;
}

}  // namespace assay::decide
