#include "experiments/formats/search_json.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/metric_result_json.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

const std::string& label_of(const Plan& plan, ArmIndex level) {
  return plan.variable.levels.at(level).label;
}

json standing_json(const Plan& plan, const LevelStanding& standing) {
  json target = {{"level", label_of(plan, standing.level)},
                 {"arm", standing.level},
                 {"fate", to_string(standing.fate)},
                 {"blocks", standing.blocks},
                 {"values", arm_json(standing.values)},
                 {"compared_blocks", standing.compared_blocks},
                 {"exploratory", true},
                 {"metrics", json::array()}};
  if (standing.beaten_by) {
    target["beaten_by"] = label_of(plan, *standing.beaten_by);
    target["beaten_by_arm"] = *standing.beaten_by;
  }
  for (const MetricResult& metric : standing.metrics) target["metrics"].push_back(metric_result_json(plan, metric));
  return target;
}

ArmIndex level_at(const Plan& plan, const JsonPlace& place) {
  const ArmIndex level = place.index();
  if (level >= arm_count(plan)) throw place.error("the plan has no such level");
  return level;
}

LevelStanding standing_at(const Plan& plan, const JsonPlace& place) {
  LevelStanding standing;
  standing.level = level_at(plan, place.at("arm"));
  standing.fate = place.at("fate").name_of<LevelFate>();
  standing.blocks = place.at("blocks").count();
  standing.values = arm_at(place.at("values"));
  standing.compared_blocks = place.at("compared_blocks").count();
  if (const auto winner = place.find("beaten_by_arm")) standing.beaten_by = level_at(plan, *winner);
  for (const JsonPlace& metric : place.at("metrics").elements()) {
    standing.metrics.push_back(metric_result_at(plan, metric));
  }
  return standing;
}

}  // namespace

json search_json(const Plan& plan, const LevelSearch& search) {
  const Cell cell = cells(plan).at(search.cell);
  json target = {{"cell", search.cell},
                 {"name", workload_of(plan, cell).name},
                 {"state", state_of(plan, cell).name},
                 {"verdict", to_string(search.verdict)},
                 {"verdict_reason", to_string(search.reason)},
                 {"decision", to_string(search.decision)},
                 {"reason", to_string(search.decision_reason)},
                 {"not_worse", search.not_worse},
                 {"stop", to_string(search.stop)},
                 {"blocks", search.blocks},
                 {"confidence", search.confidence},
                 {"best", search.best ? json(label_of(plan, *search.best)) : json(nullptr)},
                 {"best_arm", search.best ? json(*search.best) : json(nullptr)},
                 {"surviving", json::array()},
                 {"levels", json::array()}};
  for (const LevelStanding& standing : search.levels) {
    if (standing.fate == LevelFate::surviving) target["surviving"].push_back(label_of(plan, standing.level));
    target["levels"].push_back(standing_json(plan, standing));
  }
  return target;
}

LevelSearch search_at(const Plan& plan, const JsonPlace& place) {
  LevelSearch search;
  search.cell = place.at("cell").index();
  if (search.cell >= cells(plan).size()) throw place.at("cell").error("the plan has no such cell");
  search.verdict = place.at("verdict").name_of<Verdict>();
  search.reason = place.at("verdict_reason").name_of<VerdictReason>();
  search.decision = place.at("decision").name_of<Decision>();
  search.decision_reason = place.at("reason").name_of<DecisionReason>();
  search.not_worse = place.at("not_worse").truth();
  search.stop = place.at("stop").name_of<Stop>();
  search.blocks = place.at("blocks").count();
  search.confidence = place.at("confidence").number();
  if (const JsonPlace best = place.at("best_arm"); !best.is_null()) search.best = level_at(plan, best);
  for (const JsonPlace& level : place.at("levels").elements()) search.levels.push_back(standing_at(plan, level));
  return search;
}

}  // namespace assay::formats
