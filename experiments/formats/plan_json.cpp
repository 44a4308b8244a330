#include "experiments/formats/plan_json.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

constexpr int kPlanFormat = 1;

template <class Part>
json array_of(const std::vector<Part>& parts, json (*part_json)(const Part&)) {
  json target = json::array();
  for (const Part& part : parts) target.push_back(part_json(part));
  return target;
}

template <class Part>
std::vector<Part> parts_at(const JsonPlace& place, Part (*part_at)(const JsonPlace&)) {
  std::vector<Part> parts;
  for (const JsonPlace& element : place.elements()) parts.push_back(part_at(element));
  return parts;
}

/// What may be read by anyone: a secret's value never gets into the text.
std::map<std::string, std::string> public_environment(const Plan& plan) {
  std::map<std::string, std::string> environment = plan.environment;
  for (const auto& [name, hash] : plan.secrets) environment.erase(name);
  return environment;
}

/// What the analysis relies on, so that a plan from a damaged file is refused in one line.
void check_references(const Plan& plan, const JsonPlace& place) {
  const auto primaries = std::count_if(plan.metrics.begin(), plan.metrics.end(),
                                       [](const Metric& metric) { return metric.role == MetricRole::primary; });
  if (primaries != 1) throw place.at("metrics").error("exactly one metric is primary");
  const std::optional<MetricCondition>& reached = plan.variable.reached;
  const bool is_known = !reached || std::any_of(plan.metrics.begin(), plan.metrics.end(),
                                                [&](const Metric& metric) { return metric.name == reached->metric; });
  if (!is_known) throw place.at("variable").error("the metric \"" + reached->metric + "\" is not among the metrics");
  const auto is_state = [&plan](const std::string& name) {
    return std::any_of(plan.states.begin(), plan.states.end(), [&](const State& state) { return state.name == name; });
  };
  for (const Level& level : plan.variable.levels) {
    const auto* const state = std::get_if<StateLevel>(&level.value);
    if (state != nullptr && !is_state(state->state))
      throw place.at("variable").error("the state \"" + state->state + "\" is not among the states");
  }
  for (const Workload& workload : plan.workloads) {
    for (const std::string& name : workload.states) {
      if (!is_state(name)) throw place.at("workloads").error("the state \"" + name + "\" is not among the states");
    }
  }
}

}  // namespace

Plan plan_at(const JsonPlace& place) {
  if (place.at("format").integer() != kPlanFormat) {
    throw place.at("format").error("this plan was written by a newer assay, which reads it");
  }
  Plan plan;
  plan.id = place.at("id").text();
  plan.hypothesis = place.at("hypothesis").text();
  plan.assumptions = place.at("assumptions").texts();
  plan.variable = variable_at(place.at("variable"));
  plan.workloads = parts_at(place.at("workloads"), workload_at);
  plan.states = parts_at(place.at("states"), state_at);
  plan.metrics = parts_at(place.at("metrics"), metric_at);
  plan.checks = parts_at(place.at("checks"), check_at);
  if (const auto targets = place.find("targets")) plan.targets = parts_at(*targets, target_at);
  plan.protocol = protocol_at(place.at("protocol"));
  plan.attempt = place.at("attempt").count();
  if (const auto reopened = place.find("reopened_by")) plan.reopened_by = reopened->text();
  plan.exploratory = place.at("exploratory").truth();
  plan.environment_name = place.at("environment_name").text();
  if (const auto engine = place.find("engine")) plan.engine = engine->text();
  plan.folder = place.at("folder").text();
  plan.environment = place.at("environment").text_by_name();
  plan.secrets = place.at("secrets").text_by_name();
  plan.seed = Seed::parse(place.at("seed").text());
  if (const auto simulation = place.find("simulation")) plan.simulation = simulation_at(*simulation);
  check_references(plan, place);
  return plan;
}

std::string plan_json(const Plan& plan) {
  json target = {{"format", kPlanFormat},
                 {"id", plan.id},
                 {"hypothesis", plan.hypothesis},
                 {"assumptions", plan.assumptions},
                 {"variable", variable_json(plan.variable)},
                 {"workloads", array_of(plan.workloads, workload_json)},
                 {"states", array_of(plan.states, state_json)},
                 {"metrics", array_of(plan.metrics, metric_json)},
                 {"checks", array_of(plan.checks, check_json)},
                 {"protocol", protocol_json(plan.protocol)},
                 {"attempt", plan.attempt},
                 {"exploratory", plan.exploratory},
                 {"environment_name", plan.environment_name},
                 {"folder", plan.folder},
                 {"environment", public_environment(plan)},
                 {"secrets", plan.secrets},
                 {"seed", plan.seed.to_string()}};
  if (!plan.targets.empty()) target["targets"] = array_of(plan.targets, target_json);
  if (!plan.reopened_by.empty()) target["reopened_by"] = plan.reopened_by;
  if (plan.engine != Plan{}.engine) target["engine"] = plan.engine;  // absent in plans that the first version wrote
  if (plan.simulation) target["simulation"] = simulation_json(*plan.simulation);
  return canonical_json(target);
}

Plan parse_plan(std::string_view text) {
  const json document = parse_json(text, "plan");
  return plan_at(JsonPlace(document));
}

}  // namespace assay::formats
