#include "experiments/formats/search_json.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/metric_result_json.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

json standing_json(const LevelStanding& standing) {
  json target = {{"level", standing.level.label},
                 {"arm", standing.level.index},
                 {"fate", to_string(standing.fate)},
                 {"blocks", standing.blocks},
                 {"values", arm_json(standing.values)},
                 {"compared_blocks", standing.compared_blocks},
                 {"exploratory", true},
                 {"metrics", json::array()}};
  if (standing.beaten_by) {
    target["beaten_by"] = standing.beaten_by->label;
    target["beaten_by_arm"] = standing.beaten_by->index;
  }
  for (const MetricResult& metric : standing.metrics) target["metrics"].push_back(metric_result_json(metric));
  return target;
}

NamedArm level_at(const Plan& plan, const Field& place) {
  const ArmIndex level = place.index();
  if (level >= arm_count(plan)) throw place.error("the plan has no such level");
  return named_arm(plan, level);
}

LevelStanding standing_at(const Plan& plan, const Field& place) {
  LevelStanding standing;
  standing.level = level_at(plan, place.at("arm"));
  standing.fate = place.at("fate").name_of<LevelFate>();
  standing.blocks = place.at("blocks").count();
  standing.values = arm_at(place.at("values"));
  standing.compared_blocks = place.at("compared_blocks").count();
  if (const auto winner = place.find("beaten_by_arm")) standing.beaten_by = level_at(plan, *winner);
  for (const Field& metric : place.at("metrics").elements()) {
    standing.metrics.push_back(metric_result_at(plan, metric));
  }
  return standing;
}

}  // namespace

json search_json(const LevelSearch& search) {
  json target = {{"cell", search.cell.index},
                 {"name", search.cell.workload},
                 {"state", search.cell.state},
                 {"verdict", to_string(search.verdict)},
                 {"verdict_reason", to_string(search.reason)},
                 {"decision", to_string(search.decision)},
                 {"reason", to_string(search.decision_reason)},
                 {"not_worse", search.not_worse},
                 {"stop", to_string(search.stop)},
                 {"blocks", search.blocks},
                 {"confidence", search.confidence},
                 {"best", search.best ? json(search.best->label) : json(nullptr)},
                 {"best_arm", search.best ? json(search.best->index) : json(nullptr)},
                 {"surviving", json::array()},
                 {"levels", json::array()}};
  for (const LevelStanding& standing : search.levels) {
    if (standing.fate == LevelFate::surviving) target["surviving"].push_back(standing.level.label);
    target["levels"].push_back(standing_json(standing));
  }
  return target;
}

LevelSearch search_at(const Plan& plan, const Field& place) {
  const std::size_t cell = place.at("cell").index();
  if (cell >= cells(plan).size()) throw place.at("cell").error("the plan has no such cell");
  LevelSearch search = blank_search(plan, cell);
  search.verdict = place.at("verdict").name_of<Verdict>();
  search.reason = place.at("verdict_reason").name_of<VerdictReason>();
  search.decision = place.at("decision").name_of<Decision>();
  search.decision_reason = place.at("reason").name_of<DecisionReason>();
  search.not_worse = place.at("not_worse").truth();
  search.stop = place.at("stop").name_of<Stop>();
  search.blocks = place.at("blocks").count();
  search.confidence = place.at("confidence").number();
  if (const Field best = place.at("best_arm"); !best.is_null()) search.best = level_at(plan, best);
  for (const Field& level : place.at("levels").elements()) search.levels.push_back(standing_at(plan, level));
  return search;
}

}  // namespace assay::formats
