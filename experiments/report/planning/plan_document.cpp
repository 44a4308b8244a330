#include "experiments/report/planning/plan_document.hpp"

#include <nlohmann/json.hpp>

#include "core/engine/weight.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/report/planning/chances_text.hpp"
#include "experiments/report/planning/guard_cost_text.hpp"

namespace assay::report {
namespace {

using nlohmann::json;
using planning::EffectCost;
using planning::NoiseForecast;
using planning::PlanFacts;

json forecast_json(const NoiseForecast& forecast) {
  json to_detect = json::array();
  for (const EffectCost& cost : forecast.to_detect) {
    to_detect.push_back({{"percent", cost.percent}, {"blocks", cost.blocks}});
  }
  return {{"noise_percent", forecast.noise.value},
          {"detectable_percent", forecast.detectable_percent},
          {"blocks_for_equivalence", forecast.blocks_for_equivalence},
          {"blocks_to_detect", to_detect}};
}

json orders_json(const PlanFacts& facts) {
  json orders = json::array();
  for (const BlockOrder& order : facts.first_orders) {
    orders.push_back(
        {{"cell", order.cell}, {"block", order.number}, {"arms", order.arms}, {"padding_bytes", order.padding}});
  }
  return orders;
}

json side_by_side_json(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  json groups = json::array();
  for (const std::vector<std::size_t>& group : plan.groups) {
    json names = json::array();
    for (const std::size_t cell : group) names.push_back(cell_name(plan, cells(plan)[cell]));
    const WorkloadWeight weight = weight_of(plan, group);
    groups.push_back({{"workloads", names},
                      {"cpus", weight.cpus},
                      {"memory_bytes", weight.memory ? json(weight.memory->count) : json(nullptr)}});
  }
  const std::optional<SideBySideTimes> times = side_by_side_times(preview);
  return {{"groups", groups},
          {"turns_at_most", preview.facts.most_turns ? json(*preview.facts.most_turns) : json(nullptr)},
          {"seconds_at_most", times ? json(times->together) : json(nullptr)},
          {"seconds_alone_at_most", times ? json(times->alone) : json(nullptr)}};
}

json interval_json(const MedianFigure& figure) {
  const std::optional<Interval>& interval = figure.interval;
  return interval ? json{{"low", interval->low}, {"high", interval->high}} : json(nullptr);
}

json ceilings_json(const std::vector<PhaseCeiling>& ceilings) {
  json list = json::array();
  for (const PhaseCeiling& ceiling : ceilings) {
    list.push_back({{"name", ceiling.workload},
                    {"state", ceiling.state},
                    {"phase", ceiling.phase},
                    {"baseline", ceiling.baseline},
                    {"share", ceiling.share.median},
                    {"interval", interval_json(ceiling.share)}});
    if (!ceiling.share_beside) continue;
    list.back()["share_beside"] = ceiling.share_beside->median;
    list.back()["interval_beside"] = interval_json(*ceiling.share_beside);
  }
  return list;
}

}  // namespace

json plan_document(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  const PlanFacts& facts = preview.facts;
  json object = {{"schema_version", 1},
                 {"command", "plan"},
                 {"experiment", plan.id},
                 {"plan_sha256", preview.sha256},
                 {"seed", plan.seed.to_string()},
                 {"attempt", plan.attempt},
                 {"alpha", attempt_alpha(plan)},
                 {"alpha_equivalence", attempt_alpha_equivalence(plan)},
                 {"comparisons", facts.counts.comparisons},
                 {"side_levels", {{"better", facts.levels.sides.below_zero}, {"worse", facts.levels.sides.above_zero}}},
                 {"looks", facts.looks},
                 {"orders", orders_json(facts)},
                 {"trials_at_most", facts.most_trials ? json(*facts.most_trials) : json(nullptr)},
                 {"warmup_trials", facts.warmup_trials},
                 {"audit", {{"differs", json::array({preview.variable_name})}}},
                 {"plan", formats::tree_of(plan)},
                 {"guard_costs", guard_costs_json(preview.guard_costs)},
                 {"forecast", facts.forecast ? forecast_json(*facts.forecast) : json(nullptr)},
                 {"chances", preview.chances ? chances_json(*preview.chances) : json(nullptr)}};
  if (preview.prospect) {
    object["run"] = {{"does", to_string(preview.prospect->act)},
                     {"attempt", preview.prospect->attempt},
                     {"blocks", preview.prospect->blocks},
                     {"why", preview.prospect->why}};
  }
  if (!preview.neighbours.empty()) {
    object["neighbours"] = json::array();
    for (const Neighbour& neighbour : preview.neighbours) {
      object["neighbours"].push_back({{"record_name", neighbour.record},
                                      {"record_sha256", neighbour.sha256},
                                      {"nearness", to_string(neighbour.nearness)}});
    }
  }
  if (!plan.groups.empty()) object["side_by_side"] = side_by_side_json(preview);
  if (!plan.phase.empty()) object["ceilings"] = ceilings_json(preview.ceilings);
  if (is_race(plan)) {
    object["race"] = {{"levels", arm_count(plan)}, {"confirmatory_blocks", confirmatory_blocks(plan)}};
  }
  return object;
}

}  // namespace assay::report
