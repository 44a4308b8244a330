#include <variant>

#include "experiments/definition/mistakes/semantics.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/definition/reading/tables.hpp"
#include "experiments/definition/shape_mistakes.hpp"

namespace assay::definition {
namespace {

/// Where the variable is the state, every workload is tried in both of its states, and each arm in its own.
void read_states_of_variable(const Field& root, Definition& definition) {
  const std::vector<Field> tables = root.at("workload").elements();
  for (std::size_t index = 0; index < tables.size(); ++index) {
    if (const auto states = tables[index].find("states"))
      states->fail("the variable is the state: leave states out of the workload");
    definition.workloads[index].states.clear();
    for (const Level& level : definition.variable.levels)
      definition.workloads[index].states.push_back(std::get<StateLevel>(level.value).state);
  }
  definition.states = read_states(root.find("state"), definition.workloads);
  for (Workload& workload : definition.workloads) workload.states.resize(1);  // a cell's is that of control
}

Definition read_definition(const Field& root) {
  Definition definition;
  read_table(experiment_table(), root.at("experiment"), &definition);
  definition.variable = read_variable(root.at("variable"));
  for (const Field& workload : root.at("workload").elements())
    definition.workloads.push_back(read_as<Workload>(workload));
  if (definition.variable.kind == VariableKind::state) {
    read_states_of_variable(root, definition);
  } else {
    definition.states = read_states(root.find("state"), definition.workloads);
  }
  for (const Field& metric : root.at("metric").elements()) definition.metrics.push_back(read_metric(metric));
  add_control_phases(root.at("workload"), definition.metrics);
  if (const auto reached = root.at("variable").find("reached"))
    definition.variable.reached = read_metric_condition(*reached, definition.metrics);
  if (const auto checks = root.find("check")) {
    for (const Field& check : checks->elements()) definition.checks.push_back(read_check(check));
    add_flaky_guards(*checks, definition.metrics);
  }
  if (const auto plants = root.find("plant")) {
    for (const Field& plant : plants->elements()) definition.plants.push_back(read_as<Plant>(plant));
  }
  if (const auto targets = root.find("target")) {
    for (const Field& target : targets->elements()) definition.targets.push_back(read_target(target, definition));
  }
  if (const auto budget = root.find("budget")) definition.budget = read_as<Budget>(*budget);
  const std::optional<Field> protocol = root.find("protocol");
  if (protocol) read_table(table_of<Protocol>(), *protocol, &definition.protocol);
  definition.seed = read_seed(protocol);
  definition.states_claim = protocol && (protocol->find("cells") || protocol->find("claim"));
  if (const auto simulated = root.find("simulated")) definition.simulation = read_as<Simulation>(*simulated);
  return definition;
}

/// A file may call `protocol.cells` by its old name, `claim`: the mistake is there then.
void use_old_spelling(const Document& document, Mistake& mistake) {
  constexpr std::string_view kCells = "/protocol/cells";
  const std::optional<Field> protocol = Field::of_document(document).find("protocol");
  if (mistake.pointer == kCells && protocol && protocol->find("claim")) mistake.pointer = "/protocol/claim";
}

}  // namespace

Definition parse_definition(const SourceText& source) {
  const Document document = read_document(source);
  if (const Mistakes mistakes = shape_mistakes(document); !mistakes.empty()) throw errors_at(document, mistakes);
  Definition definition = read_definition(Field::of_document(document));
  if (Mistakes mistakes = find_mistakes(definition); !mistakes.empty()) {
    for (Mistake& mistake : mistakes) use_old_spelling(document, mistake);
    throw errors_at(document, mistakes);
  }
  return definition;
}

}  // namespace assay::definition
