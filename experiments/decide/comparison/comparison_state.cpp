#include "experiments/decide/comparison/comparison_state.hpp"

#include <algorithm>
#include <limits>

#include "core/assert.hpp"
#include "experiments/decide/levels/looks.hpp"

namespace assay::decide {
namespace {

/// A number of its own for every test of the attempt, so that no two share sign vectors.
Seed seed_of_test(const Plan& plan, const ComparisonSettings& settings, std::size_t metric) {
  const std::uint64_t comparison = settings.cell * arm_count(plan) + settings.treatment;
  return plan.seed.derive(Stream::signs, comparison * plan.metrics.size() + metric);
}

}  // namespace

Seed seed_of_diagnosis(const Plan& plan, const ComparisonSettings& settings) {
  return plan.seed.derive(Stream::bootstrap, settings.cell * arm_count(plan) + settings.treatment);
}

namespace {

std::vector<int> strata_of(const Protocol& protocol) {
  return is_costly(protocol.design) ? costly_strata(protocol) : std::vector<int>{};
}

TestLevels levels_of(const Plan& plan, const TestCounts& counts, MetricRole role) {
  switch (role) {
    case MetricRole::guard:
      return guard_levels(plan, counts);
    case MetricRole::control:
      return control_levels(plan, counts);
    case MetricRole::primary:
    case MetricRole::observed:
      break;
  }
  return primary_levels(plan, counts);
}

/// The sign vectors of fresh blocks are those of a seed of their own, past the numbers of all tests.
Plan with_fresh_signs(const Plan& plan) {
  Plan fresh = plan;
  fresh.seed = plan.seed.derive(Stream::signs, std::numeric_limits<std::uint64_t>::max());
  return fresh;
}

}  // namespace

ComparisonState::ComparisonState(const Plan& plan, const ComparisonSettings& settings, const TestCounts& counts)
    : plan_(&plan), settings_(settings) {
  const Workload& workload = workload_of(plan, cells(plan)[settings.cell]);
  for (const MetricRole role : {MetricRole::primary, MetricRole::guard, MetricRole::control, MetricRole::observed}) {
    for (const std::size_t metric : metrics_of_role(plan, role, workload)) {
      metrics_.push_back(metric);
      tests_.emplace_back(MetricTestDesign{.metric = plan.metrics[metric],
                                           .levels = levels_of(plan, counts, role),
                                           .kappa = plan.protocol.kappa,
                                           .looks = looks_of(plan.protocol),
                                           .anytime = looks_anytime(plan.protocol),
                                           .strata = strata_of(plan.protocol),
                                           .seed = seed_of_test(plan, settings, metric),
                                           .rules = rules_of(plan),
                                           .diagnosis_seed = seed_of_diagnosis(plan, settings)});
      seen_.emplace_back();
      guards_.push_back(role == MetricRole::guard ? GuardStatus::open : GuardStatus::not_a_guard);
    }
  }
  ASSAY_ASSERT(!tests_.empty() && tests_.front().metric().role == MetricRole::primary);
}

/// Equivalence once shown is kept while the guards are still waited for (rules 1); later rules look at it again.
bool ComparisonState::primary_is_settled() const {
  const bool is_kept = rules_of(*plan_).withdrawn_equivalence == WithdrawnEquivalence::ends_the_attempt;
  return is_kept && settings_.stops_by == StopsBy::its_own && primary().claim() == Verdict::equivalent;
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
      const GuardStatus unless_failed = tests_[test].may_veto() ? GuardStatus::open : GuardStatus::passed;
      guards_[test] = tests_[test].vetoes() ? GuardStatus::failed : unless_failed;
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

void ComparisonState::begin_confirmation(int blocks, TrialLength length) {
  ASSAY_ASSERT(measuring());
  stopped_at_ = blocks;
  if (rules_of(*plan_).confirmation == Confirmation::one_interval) return;
  Protocol protocol = confirming_protocol(*plan_);
  protocol.look_every_block = protocol.look_every_block.value_or(length == TrialLength::minutes);
  fresh_looks_.emplace(protocol);
  const Plan fresh = with_fresh_signs(*plan_);
  for (std::size_t test = 0; test < tests_.size(); ++test) {
    if (guards_[test] != GuardStatus::not_a_guard || !tests_[test].has_looked()) continue;
    tests_[test].begin_confirmation(looks_of(protocol), seed_of_test(fresh, settings_, metrics_[test]));
  }
}

int ComparisonState::next_fresh_look() const {
  ASSAY_ASSERT(confirming());
  return *stopped_at_ + (fresh_looks_ ? fresh_looks_->next() : confirmatory_blocks(*plan_));
}

std::optional<Stop> ComparisonState::fresh_stop() const {
  if (primary().fresh_claim() != Verdict::inconclusive) return Stop::boundary;
  if (fresh_seen_ >= most_fresh_blocks(*plan_)) return Stop::cap;
  return std::nullopt;
}

/// Guards keep what their own looks showed, as before.
void ComparisonState::look_at_fresh(std::span<const Block> fresh, LookKind kind) {
  ASSAY_ASSERT(confirming() && fresh_looks_);
  if (kind == LookKind::scheduled) fresh_looks_->take();
  fresh_seen_ = static_cast<int>(fresh.size());
  for (std::size_t test = 0; test < tests_.size(); ++test) {
    if (guards_[test] != GuardStatus::not_a_guard || !tests_[test].has_looked()) continue;
    tests_[test].look_at_fresh(paired_series(*plan_, {metrics_[test], settings_.treatment}, fresh), kind);
  }
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
