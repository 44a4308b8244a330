#include "experiments/adversary/challenge_plan.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/units.hpp"
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

/// In percent: the smaller of the metric's margin and half of the claimed gain. Of a claim that is not worse by a
/// margin, the smaller of both margins: blocks that cannot find a loss of the claimed size show nothing.
double planted_percent(const Plan& plan, const Claim& claim) {
  double margin = kUsualMargin;
  for (const Metric& metric : plan.metrics) {
    if (metric.name == claim.metric.name && metric.margin) margin = metric.margin->value;
  }
  if (const auto* const ratio = std::get_if<ClaimedRatio>(&claim.effect)) {
    return std::min(margin, 100 * (ratio->ratio - 1) / 2);
  }
  const auto* const not_worse = std::get_if<ClaimedNotWorse>(&claim.effect);
  return not_worse == nullptr ? margin : std::min(margin, not_worse->margin_percent);
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

/// The check of this kind that applies to the workload; nullptr if there is none.
template <class Kind>
const Kind* check_of(const Plan& plan, const std::string& workload) {
  for (const Check& check : plan.checks) {
    const Kind* const kind = std::get_if<Kind>(&check.kind);
    if (kind != nullptr && applies_to(check.workloads, workload)) return kind;
  }
  return nullptr;
}

std::string unused_name(const Plan& plan, std::string name) {
  const auto is_used = [&] {
    return std::any_of(plan.checks.begin(), plan.checks.end(),
                       [&name](const Check& check) { return check.name == name; });
  };
  while (is_used()) name += "'";
  return name;
}

/// What a correct revision must not do either, though its experiment does not ask: leave anything running behind it, or
/// print something else beside a second instance of itself. Files do not count unless a check says so, since a program
/// may be there to write them. Isolation is asked for only if a check says that standard output stays the same.
void add_implied_checks(Plan& plan, const std::string& workload) {
  if (check_of<NoLeaksCheck>(plan, workload) == nullptr) {
    plan.checks.push_back({unused_name(plan, "nothing is left running"),
                           NoLeaksCheck{.watch = {}, .list = {}, .ignore = {"*"}},
                           {workload}});
  }
  const SameOutputCheck* const output = check_of<SameOutputCheck>(plan, workload);
  if (output != nullptr && output->file.empty() && check_of<IsolationCheck>(plan, workload) == nullptr) {
    plan.checks.push_back(
        {unused_name(plan, "it is isolated"), IsolationCheck{.file = "", .normalise = output->normalise}, {workload}});
  }
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

/// A timeout of fewer of control's medians than this may cut trials that are only slow.
constexpr int kMediansOfTimeout = 3;

/// Wall time of the median trial of the claim's control in one cell; trials that timed out count with their limit. 0 if
/// none ran.
nanoseconds median_of_control(const Record& record, const Claim& claim, std::size_t cell) {
  std::vector<nanoseconds> walls;
  for (const Block& block : record.blocks) {
    if (block.cell != cell) continue;
    for (const Trial& trial : block.trials) {
      const bool is_control = record.plan.variable.levels.at(trial.arm).label == claim.control;
      if (is_control && !is_infrastructure_failure(trial.outcome)) walls.push_back(trial.usage.wall);
    }
  }
  if (walls.empty()) return nanoseconds{0};
  const auto middle = walls.begin() + static_cast<std::ptrdiff_t>(walls.size() / 2);
  std::nth_element(walls.begin(), middle, walls.end());
  return *middle;
}

/// The least timeout of the claim's workload, in whole seconds.
std::chrono::seconds least_timeout(const Record& record, const Claim& claim) {
  nanoseconds largest{0};
  const std::vector<Cell> all = cells(record.plan);
  for (std::size_t cell = 0; cell < all.size(); ++cell) {
    if (workload_of(record.plan, all[cell]).name != claim.workload) continue;
    largest = std::max(largest, median_of_control(record, claim, cell));
  }
  return std::chrono::ceil<std::chrono::seconds>(kMediansOfTimeout * largest);
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
                       .effect = claim.effect,
                       .good_blocks = true};
  const CellPlace place{claim.workload, claim.state};
  const std::vector<std::string> colder = colder_states(plan, place);
  keep_cell(plan, place);
  add_states(plan, colder);
  set_levels(plan, claim, terms);
  if (target.record) {
    nanoseconds& timeout = plan.workloads.front().timeout;
    timeout = std::max<nanoseconds>(timeout, least_timeout(*target.record, claim));
  }
  plan.challenge = std::move(terms);
  set_protocol(plan.protocol, context.cap.value_or(challenge_cap(target)));
  plan.targets.clear();
  plan.changes.clear();
  plan.reopened_by.clear();
  plan.exploratory = true;
  plan.vigilant = context.vigilant;
  if (std::holds_alternative<ClaimedCorrectness>(claim.effect)) add_implied_checks(plan, claim.workload);
  add_own_workloads(plan, context.own_workloads);
  measure_afresh(plan, context);
  return plan;
}

std::string raised_timeout_text(const ChallengeTarget& target, const Plan& challenge) {
  const std::vector<Workload>& claimed = claimed_plan(target).workloads;
  const Workload& measured = challenge.workloads.front();
  const auto found = std::find_if(claimed.begin(), claimed.end(),
                                  [&](const Workload& workload) { return workload.name == measured.name; });
  if (found == claimed.end() || found->timeout == measured.timeout) return "";
  return fmt::format("the timeout of {}: raised to {}, {} times control's median", format_duration(found->timeout),
                     format_duration(measured.timeout), kMediansOfTimeout);
}

}  // namespace assay::adversary
