#include "experiments/decide/comparison/suite_analysis.hpp"

#include <algorithm>
#include <limits>

#include "experiments/decide/comparison/attempt_result.hpp"

namespace assay::decide {
namespace {

/// Past the numbers of all tests of single cells.
Seed seed_of_suite(const Plan& plan, ArmIndex treatment) {
  const std::uint64_t comparison = cells(plan).size() * arm_count(plan) + treatment;
  return plan.seed.derive(Stream::signs, comparison * plan.metrics.size());
}

}  // namespace

Seed seed_of_suite_diagnosis(const Plan& plan, ArmIndex treatment) {
  return plan.seed.derive(Stream::bootstrap, cells(plan).size() * arm_count(plan) + treatment);
}

namespace {

SuiteState suite_of(const Plan& plan, const TestCounts& counts, ArmIndex treatment) {
  return {treatment, MetricTest({.metric = plan.metrics[primary_metric(plan)],
                                 .levels = suite_levels(plan, counts),
                                 .kappa = plan.protocol.kappa,
                                 .looks = looks_of(plan.protocol),
                                 .anytime = looks_anytime(plan.protocol),
                                 .strata = {},
                                 .seed = seed_of_suite(plan, treatment),
                                 .rules = rules_of(plan),
                                 .diagnosis_seed = seed_of_suite_diagnosis(plan, treatment)})};
}

}  // namespace

SuiteAnalysis::SuiteAnalysis(const Plan& plan) : ComparisonAnalysis(plan, StopsBy::the_suite), looks_(plan.protocol) {
  for (ArmIndex treatment = 1; treatment < arm_count(plan); ++treatment) {
    suites_.push_back(suite_of(plan, counts(), treatment));
  }
}

AttemptResult SuiteAnalysis::result() const {
  std::vector<SuiteEvidence> suites;
  for (const SuiteState& suite : suites_) {
    suites.push_back({suite.treatment, suite.primary, average_of(suite.treatment, {0, common_blocks()})});
  }
  return attempt_result(*this, suites);
}

void SuiteAnalysis::look_where_due(std::size_t cell) {
  if (looks_.none_taken() && common_blocks() >= looks_.next()) choose_looks();
  while (cell_is_measuring(cell) && common_blocks() >= looks_.next()) {
    const int blocks = looks_.next();
    looks_.take();
    look_at_suite(blocks, LookKind::scheduled);
  }
}

/// Chooses the looks by the trials of all cells, since all look together.
void SuiteAnalysis::choose_looks() {
  std::vector<Block> blocks;
  for (const std::size_t cell : compared_cells(plan())) {
    const auto first = cells()[cell].leading().first(looks_.first());
    blocks.insert(blocks.end(), first.begin(), first.end());
  }
  const std::vector<int>& looks = looks_.choose_after(blocks);
  for (ComparisonState& comparison : comparisons()) comparison.choose_looks(looks);
  for (SuiteState& suite : suites_) suite.primary.choose_looks(looks);
}

void SuiteAnalysis::look_at_suite(int blocks, LookKind kind) {
  for (ComparisonState& comparison : comparisons()) {
    if (comparison.measuring() && !look_at(comparison, blocks, kind)) return;
  }
  for (SuiteState& suite : suites_) judge(suite, blocks, kind);
}

/// Looks at the average over cells, and closes all of its comparisons together.
void SuiteAnalysis::judge(SuiteState& suite, int blocks, LookKind kind) {
  std::vector<ComparisonState*> parts;
  for (ComparisonState& comparison : comparisons()) {
    if (comparison.treatment() == suite.treatment && comparison.measuring()) parts.push_back(&comparison);
  }
  if (parts.empty()) return;
  suite.primary.look(average_of(suite.treatment, {0, blocks}), kind);
  const bool guards_settled =
      std::all_of(parts.begin(), parts.end(), [](const ComparisonState* part) { return part->guards_settled(); });
  const std::optional<Stop> wanted =
      stop_after({.verdict = suite.primary.claim(),
                  .not_worse = suite.primary.not_worse(),
                  .guards_settled = guards_settled,
                  .last_look = kind == LookKind::last || blocks == plan().protocol.max_blocks},
                 plan().protocol.goal);
  if (!wanted) return;
  for (ComparisonState* part : parts) stop(*part, *wanted, {blocks, kind, suite.primary.claim()});
  if (!parts.front()->confirming()) return;
  suite.stopped_at = blocks;
  if (rules_of(plan()).confirmation == Confirmation::one_interval) return;
  Protocol protocol = confirming_protocol(plan());
  protocol.look_every_block =
      protocol.look_every_block.value_or(length_of_trials(parts.front()->cell()) == TrialLength::minutes);
  const Seed fresh = plan().seed.derive(Stream::signs, std::numeric_limits<std::uint64_t>::max());
  suite.primary.begin_confirmation(looks_of(protocol), fresh.derive(Stream::signs, suite.treatment));
}

std::vector<ComparisonState*> SuiteAnalysis::confirming_parts(const SuiteState& suite) {
  std::vector<ComparisonState*> parts;
  for (ComparisonState& comparison : comparisons()) {
    if (comparison.treatment() == suite.treatment && comparison.confirming()) parts.push_back(&comparison);
  }
  return parts;
}

/// Looks at the fresh blocks of every cell, and at their average. Returns whether the attempt goes on.
bool SuiteAnalysis::judge_fresh(SuiteState& suite, int until, LookKind kind) {
  for (ComparisonState* const part : confirming_parts(suite)) {
    if (!look_at_fresh(*part, until, kind)) return false;
  }
  suite.primary.look_at_fresh(average_of(suite.treatment, {*suite.stopped_at, until - *suite.stopped_at}), kind);
  return true;
}

void SuiteAnalysis::look_at_fresh_where_due() {
  for (SuiteState& suite : suites_) {
    std::vector<ComparisonState*> parts = confirming_parts(suite);
    while (!parts.empty() && common_blocks() >= parts.front()->next_fresh_look()) {
      const int until = parts.front()->next_fresh_look();
      if (!judge_fresh(suite, until, LookKind::scheduled)) return;
      const bool claims = suite.primary.fresh_claim() != Verdict::inconclusive;
      if (!claims && until - *suite.stopped_at < most_fresh_blocks(plan())) continue;
      for (ComparisonState* const part : parts) part->close(claims ? Stop::boundary : Stop::cap, until);
      parts.clear();
    }
  }
}

void SuiteAnalysis::look_at_fresh_last() {
  for (SuiteState& suite : suites_) {
    if (!suite.stopped_at || confirming_parts(suite).empty() || common_blocks() == *suite.stopped_at) continue;
    if (!judge_fresh(suite, common_blocks(), LookKind::last)) return;
  }
}

int SuiteAnalysis::common_blocks() const {
  int fewest = std::numeric_limits<int>::max();
  for (const ComparisonState& comparison : comparisons()) {
    fewest = std::min(fewest, leading_count(comparison));
  }
  return fewest;
}

PairedSeries SuiteAnalysis::average_of(ArmIndex treatment, const BlockRange& range) const {
  const std::size_t metric = primary_metric(plan());
  std::vector<PairedSeries> series;
  for (const ComparisonState& comparison : comparisons()) {
    if (comparison.treatment() != treatment) continue;
    const auto blocks = blocks_in(cells()[comparison.cell()].leading(), range);
    series.push_back(paired_series(plan(), {metric, treatment}, blocks));
  }
  return average_series(plan().metrics[metric], series);
}

/// Confirms each average by the fresh blocks that every cell has.
void SuiteAnalysis::confirm_averages() {
  for (SuiteState& suite : suites_) {
    if (!suite.stopped_at) continue;
    suite.primary.confirm(average_of(suite.treatment, fresh_blocks(*suite.stopped_at, common_blocks())));
  }
}

void SuiteAnalysis::look_last() {
  if (common_blocks() > 0) look_at_suite(common_blocks(), LookKind::last);
}

}  // namespace assay::decide
