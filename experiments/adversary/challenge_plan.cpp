#include "experiments/adversary/challenge_plan.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/decide/challenge/grading.hpp"
#include "experiments/design/frozen_environment.hpp"
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

void keep_cell(Plan& plan, const Claim& claim) {
  std::erase_if(plan.workloads, [&claim](const Workload& workload) { return workload.name != claim.workload; });
  if (plan.workloads.size() != 1) {
    throw Error(fmt::format("the claim's plan has no workload {}", claim.workload), ErrorKind::invalid);
  }
  // If the variable is the state, a cell has all of its states.
  if (plan.variable.kind == VariableKind::state) return;
  std::vector<std::string>& states = plan.workloads.front().states;
  std::erase_if(states, [&claim](const std::string& state) { return state != claim.state; });
  if (states.size() != 1) throw Error(fmt::format("the claim's plan has no state {}", claim.state), ErrorKind::invalid);
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

[[noreturn]] void refuse_hidden(const std::string& name) {
  throw Error(fmt::format("the claim's plan hides the value of {}, which looks secret: a challenge cannot know it, so "
                          "nothing was graded",
                          name),
              ErrorKind::invalid);
}

/// A value that the claimant kept from the record is not there to be used again.
void require_all_values(const Plan& plan) {
  for (const Workload& workload : plan.workloads) {
    if (!workload.set_hmac.empty()) refuse_hidden(workload.set_hmac.begin()->first);
  }
  for (const Level& level : plan.variable.levels) {
    const auto* const environment = std::get_if<EnvironmentLevel>(&level.value);
    if (environment != nullptr && !environment->hmac.empty()) refuse_hidden(plan.variable.name);
    const auto* const settings = std::get_if<SettingsLevel>(&level.value);
    if (settings != nullptr && !settings->set_hmac.empty()) refuse_hidden(settings->set_hmac.begin()->first);
  }
}

/// Builds and trials see nothing of the caller but PATH, LANG and what the experiment names.
void set_environment(Plan& plan, const ChallengeContext& context) {
  for (Workload& workload : plan.workloads) workload.environment = EnvironmentPolicy::clean;
  plan.secrets.clear();
  plan.environment_hmac.clear();
  plan.environment = design::frozen_environment(plan, context.environment);
  plan.environment["HOME"] = context.home;
  for (const auto& [name, value] : plan.environment) {
    if (!design::must_stay_unwritten(name, value)) continue;
    plan.environment_hmac.emplace(name, design::secret_hash({name, value}, context.hmac));
  }
}

}  // namespace

int challenge_cap(const ChallengeTarget& target) {
  const ClaimedEffect& effect = target.claim.effect;
  if (const auto* rate = std::get_if<ClaimedRate>(&effect)) {
    const double needed = rate->floor.value_or(rate->rate);
    const double level = decide::challenge_alpha(claimed_plan(target).protocol.alpha, target.earlier + 1) / 2;
    return needed < 1 ? stats::blocks_without_count(1 - needed, level) : kLeastCap;
  }
  if (std::holds_alternative<ClaimedLimit>(effect)) return kSessionBlocks;
  if (std::holds_alternative<ClaimedCorrectness>(effect)) return kCheckedBlocks;
  return std::max(kLeastCap, target.record ? 2 * target.record->result.blocks : 0);
}

Plan challenge_plan(const ChallengeTarget& target, const ChallengeContext& context) {
  const Claim& claim = target.claim;
  Plan plan = claimed_plan(target);
  ChallengeTerms terms{.claim = target.stated_by.sha256,
                       .record = claim.record,
                       .number = target.earlier + 1,
                       .metric = claim.metric,
                       .effect = claim.effect};
  keep_cell(plan, claim);
  set_levels(plan, claim, terms);
  plan.challenge = std::move(terms);
  set_protocol(plan.protocol, context.cap.value_or(challenge_cap(target)));
  plan.targets.clear();
  plan.changes.clear();
  plan.reopened_by.clear();
  plan.attempt = 1;
  plan.exploratory = true;
  plan.rules = kNewestRules;
  plan.order = OrderSource::drawn;
  plan.engine = Plan{}.engine;
  plan.simulation.reset();
  plan.folder = context.folder;
  plan.environment_name = context.environment_name;
  plan.seed = context.seed;  // drawn for this challenge: nobody has stated it
  plan.stated_seed = Seed{0};
  plan.seed_entropy.clear();
  require_all_values(plan);
  set_environment(plan, context);
  return plan;
}

}  // namespace assay::adversary
