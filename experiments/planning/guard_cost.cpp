#include "experiments/planning/guard_cost.hpp"

#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "stats/sequential/sequential_share.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::planning {
namespace {

/// The first look that makes the claim if no failure is ever counted.
std::optional<int> first_look_without_failure(const std::vector<int>& looks, const RareFailures& claim) {
  const std::vector<double> spent = stats::log_spending(looks, claim.alpha);
  std::vector<stats::CountLook> so_far;
  for (std::size_t look = 0; look < looks.size(); ++look) {
    so_far.push_back({.blocks = looks[look], .count = 0, .spent = spent[look]});
    if (stats::shown_below(so_far, claim.limit)) return looks[look];
  }
  return std::nullopt;
}

}  // namespace

int blocks_without_failure(const RareFailures& claim) {
  // Any block without a failure shows a limit of 100 points.
  return claim.limit < 1 ? stats::blocks_without_count(claim.limit, claim.alpha) : 1;
}

std::vector<GuardCost> guard_costs(const Plan& plan) {
  const double alpha = decide::guard_levels(plan, decide::test_counts(plan)).equivalence;
  std::vector<GuardCost> costs;
  if (looks_anytime(plan.protocol) || is_costly(plan.protocol.design) || plan.protocol.design == Design::abba)
    return costs;
  for (const Metric& metric : plan.metrics) {
    if (metric.role != MetricRole::guard || metric.kind != MetricKind::proportion || !metric.margin) continue;
    const RareFailures claim{.limit = metric.margin->fraction(), .alpha = alpha};
    costs.push_back({.metric = metric.name,
                     .margin_points = metric.margin->value,
                     .alpha = alpha,
                     .blocks_in_one_look = blocks_without_failure(claim),
                     .blocks_at_look = first_look_without_failure(decide::looks_of(plan.protocol), claim)});
  }
  return costs;
}

}  // namespace assay::planning
