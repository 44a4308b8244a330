#include <nlohmann/json.hpp>

#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {

nlohmann::json target_json(const Target& target) {
  return {{"workload", target.workload},
          {"state", target.state},
          {"metric", target.metric},
          {"statistic", to_string(target.statistic)},
          {"bound", to_string(target.bound)},
          {"limit", target.limit},
          {"unit", target.unit}};
}

Target target_at(const JsonPlace& place) {
  return {.workload = place.at("workload").text(),
          .state = place.at("state").text(),
          .metric = place.at("metric").text(),
          .statistic = place.at("statistic").name_of<Statistic>(),
          .bound = place.at("bound").name_of<Bound>(),
          .limit = place.at("limit").number(),
          .unit = place.at("unit").text()};
}

}  // namespace assay::formats
