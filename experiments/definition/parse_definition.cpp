#include <algorithm>

#include "experiments/definition/readers.hpp"
#include "experiments/definition/schema_validation.hpp"
#include "experiments/definition/semantics.hpp"

namespace assay::experiments {
namespace {

Definition read_definition(const Field& root) {
  Definition definition;
  const Field experiment = root.at("experiment");
  definition.id = experiment.at("id").text();
  definition.hypothesis = experiment.at("hypothesis").text();
  if (const auto assumptions = experiment.find("assumptions")) definition.assumptions = assumptions->texts();
  definition.variable = read_variable(root.at("variable"));
  for (const Field& workload : root.at("workload").elements()) definition.workloads.push_back(read_workload(workload));
  definition.states = read_states(root.find("state"), definition.workloads);
  for (const Field& metric : root.at("metric").elements()) definition.metrics.push_back(read_metric(metric));
  if (const auto checks = root.find("check")) {
    for (const Field& check : checks->elements()) definition.checks.push_back(read_check(check));
  }
  if (const auto targets = root.find("target")) {
    for (const Field& target : targets->elements()) definition.targets.push_back(read_target(target, definition));
  }
  const std::optional<Field> protocol = root.find("protocol");
  definition.protocol = read_protocol(protocol);
  if (const auto goal = experiment.find("goal")) definition.protocol.goal = goal->enumerator<Goal>();
  definition.seed = read_seed(protocol);
  if (const auto simulated = root.find("simulated")) definition.simulation = read_simulation(*simulated);
  return definition;
}

}  // namespace

Definition parse_definition(const SourceText& source) {
  const Document document = read_document(source);
  if (const std::optional<Mistake> mistake = schema_mistake(document)) throw error_at(document, *mistake);
  Definition definition = read_definition(Field(document));
  const Mistakes mistakes = find_mistakes(definition);
  const auto earlier = [&document](const Mistake& left, const Mistake& right) {
    return position_of(document, left.pointer) < position_of(document, right.pointer);
  };
  const auto first = std::min_element(mistakes.begin(), mistakes.end(), earlier);
  if (first != mistakes.end()) throw error_at(document, *first);
  return definition;
}

}  // namespace assay::experiments
