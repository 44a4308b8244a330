#include "experiments/decide/attempt_state.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/error.hpp"

namespace assay::decide {
namespace {

/// Past the numbers of all tests of single cells.
Seed seed_of_suite(const Plan& plan, ArmIndex treatment) {
  const std::uint64_t comparison = cells(plan).size() * arm_count(plan) + treatment;
  return plan.seed.derive(Stream::signs, comparison * plan.metrics.size());
}

SuiteState suite_of(const Plan& plan, const TestCounts& counts, ArmIndex treatment) {
  return {treatment, MetricTest({.metric = plan.metrics[primary_metric(plan)],
                                 .levels = suite_levels(plan, counts),
                                 .kappa = plan.protocol.kappa,
                                 .looks = looks_of(plan.protocol),
                                 .anytime = plan.protocol.anytime,
                                 .strata = {},
                                 .seed = seed_of_suite(plan, treatment)})};
}

}  // namespace

AttemptState::AttemptState(Plan given) : plan_(std::move(given)) {
  counts_ = test_counts(plan_);
  const ClaimRule claim = plan_.protocol.claim;
  for (std::size_t cell = 0; cell < assay::cells(plan_).size(); ++cell) cells_.emplace_back(plan_, cell);
  looks_.assign(cells_.size(), looks_of(plan_.protocol));
  looks_done_.resize(cells_.size());
  for (const std::size_t cell : compared_cells(plan_)) {
    for (ArmIndex treatment = 1; treatment < arm_count(plan_); ++treatment) {
      const ComparisonPlace place{.cell = cell,
                                  .treatment = treatment,
                                  .stops_by = claim == ClaimRule::suite ? StopsBy::the_suite : StopsBy::its_own,
                                  .others_may_improve = claim == ClaimRule::any && counts_.comparisons > 1};
      comparisons_.emplace_back(plan_, place, counts_);
    }
  }
  if (claim != ClaimRule::suite) return;
  for (ArmIndex treatment = 1; treatment < arm_count(plan_); ++treatment) {
    suites_.push_back(suite_of(plan_, counts_, treatment));
  }
}

void AttemptState::add(const Block& block) {
  if (block.cell >= cells_.size()) {
    throw Error("a block belongs to a cell that the plan does not have", ErrorKind::invalid);
  }
  cells_[block.cell].add(block);
  if (!cell_is_open(block.cell)) return;
  if (!is_void(block)) {
    check_failures(block.cell);
    look_where_due(block.cell);
    confirm_where_due();
  }
  if (cell_is_open(block.cell)) check_surroundings(block.cell);
}

void AttemptState::set_audit(const AuditResult& audit) {
  audit_ = audit;
  if (audit.passed) return;
  for (ComparisonState& comparison : comparisons_) {
    comparison.close_with({Verdict::invalid, VerdictReason::confounded}, Stop::audit, leading_count(comparison));
  }
}

void AttemptState::close_interrupted() {
  for (ComparisonState& comparison : comparisons_) {
    if (!comparison.open()) continue;
    comparison.close_with({Verdict::inconclusive, VerdictReason::interrupted}, Stop::interrupted,
                          leading_count(comparison));
  }
}

bool AttemptState::finished() const {
  return std::none_of(comparisons_.begin(), comparisons_.end(), [](const ComparisonState& one) { return one.open(); });
}

bool AttemptState::cell_is_open(std::size_t cell) const {
  return std::any_of(comparisons_.begin(), comparisons_.end(),
                     [cell](const ComparisonState& one) { return one.open() && one.place().cell == cell; });
}

bool AttemptState::cell_is_measuring(std::size_t cell) const {
  return std::any_of(comparisons_.begin(), comparisons_.end(),
                     [cell](const ComparisonState& one) { return one.measuring() && one.place().cell == cell; });
}

int AttemptState::leading_count(const ComparisonState& comparison) const {
  return cells_[comparison.place().cell].leading_count();
}

std::span<const Block> AttemptState::blocks_of(const ComparisonState& comparison) const {
  const int blocks = comparison.closed_at().value_or(leading_count(comparison));
  return cells_[comparison.place().cell].leading().first(static_cast<std::size_t>(blocks));
}

int AttemptState::blocks_to_next_look(std::size_t cell) const {
  if (!cell_is_open(cell)) return 0;
  int next = std::numeric_limits<int>::max();
  if (cell_is_measuring(cell)) next = look_after(plan_.protocol, looks_[cell], looks_done_[cell]);
  for (const ComparisonState& comparison : comparisons_) {
    if (comparison.place().cell != cell || !comparison.confirming()) continue;
    next = std::min(next, *comparison.stopped_at() + confirmatory_blocks(plan_));
  }
  const int trials = is_costly(plan_.protocol.design) ? static_cast<int>(arm_count(plan_)) : 1;
  return std::max(0, next * trials - cells_[cell].scheduled_count());
}

std::vector<ArmIndex> AttemptState::arms_of_next_blocks(std::size_t) const {
  std::vector<ArmIndex> arms(arm_count(plan_));
  std::iota(arms.begin(), arms.end(), kControl);
  return arms;
}

/// What is still open stays as its last look left it, or as the fresh blocks that there are do.
void AttemptState::end_attempt(Stop stop) {
  confirm_suites();
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.confirming()) confirm(comparison);
    if (comparison.open()) comparison.close(stop, leading_count(comparison));
  }
}

void AttemptState::invalidate(ComparisonState& comparison, VerdictReason reason) {
  comparison.close_with({Verdict::invalid, reason}, Stop::failed, leading_count(comparison));
}

void AttemptState::check_surroundings(std::size_t cell) {
  const double planned = static_cast<double>(plan_.protocol.max_blocks) + confirmatory_blocks(plan_);
  const double trials = planned * rounds_per_block(plan_.protocol) * static_cast<double>(arm_count(plan_));
  if (!surroundings_failed(cells_[cell], trials)) return;
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.place().cell == cell && comparison.open()) invalidate(comparison, VerdictReason::surroundings);
  }
  end_attempt(Stop::failed);
}

void AttemptState::check_failures(std::size_t cell) {
  if (!cells_[cell].any_failed()) return;
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.place().cell != cell || !comparison.open()) continue;
    const FailureTally tally = tally_failures(cells_[cell].leading(), comparison.place().treatment);
    const std::optional<VerdictReason> reason = attempt_ending_failures(tally);
    if (!reason) continue;
    invalidate(comparison, *reason);
    end_attempt(Stop::failed);
    return;
  }
}

}  // namespace assay::decide
