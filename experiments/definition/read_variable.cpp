#include "experiments/definition/readers.hpp"

namespace assay::experiments {
namespace {

LevelValue read_level(VariableKind kind, const Field& level) {
  if (kind == VariableKind::command) return CommandLevel{level.argv()};
  if (kind == VariableKind::argument) return ArgumentLevel{level.text()};
  return level.value().is_object() ? EnvironmentLevel{} : EnvironmentLevel{level.text()};
}

}  // namespace

Variable read_variable(const Field& table) {
  Variable variable;
  variable.kind = table.at("kind").enumerator<VariableKind>();
  if (variable.kind == VariableKind::level) return read_levels(table);
  if (const auto name = table.find("name")) variable.name = name->text();
  for (const char* label : {"control", "treatment"}) {
    variable.levels.push_back({label, read_level(variable.kind, table.at(label))});
  }
  if (variable.levels.front().value == variable.levels.back().value)
    table.at("treatment").fail("the same as control: arms that do not differ can show nothing");
  return variable;
}

}  // namespace assay::experiments
