#include "experiments/adversary/challenge_plan.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/decide/challenge/grading.hpp"
#include "stats/sequential/sequential_share.hpp"

namespace assay::adversary {
namespace {

constexpr int kLeastCap = 60;
/// Blocks of one session of a limit, and of a look at every check.
constexpr int kSessionBlocks = 12;
constexpr int kCheckedBlocks = 6;
/// What is planted if the plan gives no margin for the metric.
constexpr double kUsualMargin = 3;

const Level& level_with(const Plan& plan, const std::string& label) {
  const auto found = std::find_if(plan.variable.levels.begin(), plan.variable.levels.end(),
                                  [&label](const Level& level) { return level.label == label; });
  if (found == plan.variable.levels.end()) {
    throw Error(fmt::format("the claim's plan has no level {}", label), ErrorKind::invalid);
  }
  return *found;
}

/// In percent: the smaller of the metric's margin and half of what is claimed.
double planted_percent(const Plan& plan, const Claim& claim) {
  double margin = kUsualMargin;
  for (const Metric& metric : plan.metrics) {
    if (metric.name == claim.metric.name && metric.margin) margin = metric.margin->value;
  }
  const auto* const ratio = std::get_if<ClaimedRatio>(&claim.effect);
  return ratio == nullptr ? margin : std::min(margin, 100 * (ratio->ratio - 1) / 2);
}

/// Only a comparison with control needs to be compared with what control does to itself.
bool compares_with_control(const ClaimedEffect& effect) {
  return std::holds_alternative<ClaimedRatio>(effect) || std::holds_alternative<ClaimedNotWorse>(effect);
}

void set_levels(Plan& plan, const Claim& claim, ChallengeTerms& terms) {
  const Level control = level_with(plan, claim.control);
  const Level treatment = level_with(plan, claim.treatment);
  plan.variable.levels = {control, treatment};
  if (!compares_with_control(claim.effect)) return;
  plan.variable.levels.push_back({control.label + " again", control.value});
  plan.variable.levels.push_back({control.label + " with a planted change", control.value});
  terms.planted_percent = planted_percent(plan, claim);
}

/// The error rates, the margin and the trials of a block stay; how blocks are looked at is the challenge's own.
void set_protocol(Protocol& protocol, int cap) {
  protocol.looks = LookMode::planned;
  protocol.design = Design::blocks;
  protocol.max_blocks = cap;
  protocol.min_blocks = Protocol{}.min_blocks;
  protocol.max_time.reset();
  protocol.confirm.reset();
  protocol.claim = ClaimRule::any;
  protocol.sidedness = Sidedness::two_sided;
}

}  // namespace

int usual_cap(const std::optional<Record>& record) {
  return std::max(kLeastCap, record ? 2 * record->result.blocks : 0);
}

int challenge_cap(const ChallengeTarget& target) {
  const ClaimedEffect& effect = target.claim.effect;
  if (const auto* rate = std::get_if<ClaimedRate>(&effect)) {
    const double needed = rate->floor.value_or(rate->rate);
    const double level = decide::challenge_alpha(claimed_plan(target).protocol.alpha, target.earlier + 1) / 2;
    return needed < 1 ? stats::blocks_without_count(1 - needed, level) : kLeastCap;
  }
  if (std::holds_alternative<ClaimedLimit>(effect)) return kSessionBlocks;
  if (std::holds_alternative<ClaimedCorrectness>(effect)) return kCheckedBlocks;
  return usual_cap(target.record);
}

Plan challenge_plan(const ChallengeTarget& target, const ChallengeContext& context) {
  const Claim& claim = target.claim;
  Plan plan = claimed_plan(target);
  ChallengeTerms terms{.claim = target.stated_by.sha256,
                       .record = claim.record,
                       .number = target.earlier + 1,
                       .metric = claim.metric,
                       .effect = claim.effect};
  keep_cell(plan, {claim.workload, claim.state});
  set_levels(plan, claim, terms);
  plan.challenge = std::move(terms);
  set_protocol(plan.protocol, context.cap.value_or(challenge_cap(target)));
  plan.targets.clear();
  plan.changes.clear();
  plan.reopened_by.clear();
  plan.exploratory = true;
  plan.vigilant = context.vigilant;
  add_own_workloads(plan, context.own_workloads);
  measure_afresh(plan, context);
  return plan;
}

}  // namespace assay::adversary
