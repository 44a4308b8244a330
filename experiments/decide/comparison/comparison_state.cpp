#include "experiments/decide/comparison/comparison_state.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "experiments/decide/levels/looks.hpp"

namespace assay::decide {
namespace {

/// A number of its own for every test of the attempt, so that no two share sign vectors.
Seed seed_of_test(const Plan& plan, const ComparisonSettings& settings, std::size_t metric) {
  const std::uint64_t comparison = settings.cell * arm_count(plan) + settings.treatment;
  return plan.seed.derive(Stream::signs, comparison * plan.metrics.size() + metric);
}

std::vector<int> strata_of(const Protocol& protocol) {
  return is_costly(protocol.design) ? costly_strata(protocol) : std::vector<int>{};
}

TestLevels levels_of(const Plan& plan, const TestCounts& counts, MetricRole role) {
  return role == MetricRole::guard ? guard_levels(plan, counts) : primary_levels(plan, counts);
}

}  // namespace

ComparisonState::ComparisonState(const Plan& plan, const ComparisonSettings& settings, const TestCounts& counts)
    : plan_(&plan), settings_(settings) {
  const Workload& workload = workload_of(plan, cells(plan)[settings.cell]);
  for (const MetricRole role : {MetricRole::primary, MetricRole::guard, MetricRole::observed}) {
    for (const std::size_t metric : metrics_of_role(plan, role, workload)) {
      metrics_.push_back(metric);
      tests_.emplace_back(MetricTestDesign{.metric = plan.metrics[metric],
                                           .levels = levels_of(plan, counts, role),
                                           .kappa = plan.protocol.kappa,
                                           .looks = looks_of(plan.protocol),
                                           .anytime = plan.protocol.anytime,
                                           .strata = strata_of(plan.protocol),
                                           .seed = seed_of_test(plan, settings, metric)});
      seen_.emplace_back();
      guards_.push_back(role == MetricRole::guard ? GuardStatus::open : GuardStatus::not_a_guard);
    }
  }
  ASSAY_ASSERT(!tests_.empty() && tests_.front().metric().role == MetricRole::primary);
}

/// Equivalence once shown is kept while the guards are still waited for.
bool ComparisonState::primary_is_settled() const {
  return settings_.stops_by == StopsBy::its_own && primary().claim() == Verdict::equivalent;
}

void ComparisonState::choose_looks(const std::vector<int>& looks) {
  for (MetricTest& test : tests_) test.choose_looks(looks);
}

void ComparisonState::look(std::span<const Block> blocks, LookKind kind) {
  ASSAY_ASSERT(measuring());
  const bool primary_settled = primary_is_settled();
  for (std::size_t test = primary_settled ? 1 : 0; test < tests_.size(); ++test) {
    tests_[test].look(series_of(test, blocks), kind);
  }
  settle_guards();
  last_look_ = kind == LookKind::last || static_cast<int>(blocks.size()) == plan_->protocol.max_blocks;
}

const PairedSeries& ComparisonState::series_of(std::size_t test, std::span<const Block> blocks) {
  SeenBlocks& seen = seen_.at(test);
  extend(seen.series, *plan_, {metrics_[test], settings_.treatment}, blocks.subspan(seen.count));
  seen.count = blocks.size();
  return seen.series;
}

void ComparisonState::settle_guards() {
  for (std::size_t test = 0; test < tests_.size(); ++test) {
    const bool has_shown = tests_[test].has_looked() || tests_[test].unreadable();
    if (guards_[test] == GuardStatus::not_a_guard || !has_shown) continue;
    const Metric& metric = tests_[test].metric();
    if (tests_[test].unreadable() && guards_[test] != GuardStatus::failed) {
      const bool is_dropped = metric.when_unavailable == WhenUnavailable::observe;
      guards_[test] = is_dropped ? GuardStatus::not_a_guard : GuardStatus::open;
      continue;
    }
    if (!metric.margin) {
      guards_[test] = tests_[test].vetoes() ? GuardStatus::failed : GuardStatus::passed;
      continue;
    }
    // What rested on values that never vary is void with the first that does.
    if (metric.kind == MetricKind::deterministic) guards_[test] = GuardStatus::open;
    // So is a share that was small enough, with the first fraction; that it is too large was shown for good.
    const Remark* const remark = tests_[test].remark();
    const bool has_fractions = remark != nullptr && remark->kind == DiagnosticKind::fractions;
    if (has_fractions && guards_[test] == GuardStatus::passed) guards_[test] = GuardStatus::open;
    if (guards_[test] != GuardStatus::open) continue;
    const stats::Look& look = tests_[test].claims();
    if (look.not_above_margin) {
      guards_[test] = GuardStatus::passed;
    } else if (look.beyond_margin) {
      guards_[test] = GuardStatus::failed;
    }
  }
}

bool ComparisonState::guard_failed() const {
  return std::find(guards_.begin(), guards_.end(), GuardStatus::failed) != guards_.end();
}

bool ComparisonState::guards_settled() const {
  for (std::size_t test = 0; test < tests_.size(); ++test) {
    if (guards_[test] == GuardStatus::open && !tests_[test].unreadable()) return false;
  }
  return true;
}

MetricVerdict ComparisonState::verdict() const {
  if (forced_) return *forced_;
  return primary().verdict();
}

std::optional<Stop> ComparisonState::wants_to_stop() const {
  return stop_after({.verdict = primary().claim(),
                     .not_worse = primary().not_worse(),
                     .guards_settled = guards_settled(),
                     .last_look = last_look_,
                     .others_may_improve = settings_.others_may_improve},
                    plan_->protocol.goal);
}

void ComparisonState::begin_confirmation(int blocks) {
  ASSAY_ASSERT(measuring());
  stopped_at_ = blocks;
}

/// Guards keep what their own looks showed: it is by crossing that they pass or fail.
void ComparisonState::confirm(std::span<const Block> fresh) {
  ASSAY_ASSERT(confirming());
  for (std::size_t test = 0; test < tests_.size(); ++test) {
    if (tests_[test].metric().role == MetricRole::guard) continue;
    tests_[test].confirm(paired_series(*plan_, {metrics_[test], settings_.treatment}, fresh));
  }
}

void ComparisonState::close(Stop stop, int blocks) {
  ASSAY_ASSERT(open());
  stop_ = stop;
  closed_at_ = blocks;
}

void ComparisonState::close_with(const MetricVerdict& verdict, Stop stop, int blocks) {
  forced_ = verdict;
  stop_ = stop;
  if (!closed_at_) closed_at_ = blocks;
}

}  // namespace assay::decide
