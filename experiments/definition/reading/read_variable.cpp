#include "experiments/definition/reading/readers.hpp"

namespace assay::definition {
namespace {

/// What a patch is put on where the file does not say.
constexpr const char* kDefaultRevision = "HEAD";

LevelValue read_level(VariableKind kind, const Field& level) {
  switch (kind) {
    case VariableKind::env:
      return level.value().is_object() ? EnvironmentLevel{} : EnvironmentLevel{level.text()};
    case VariableKind::argument:
      return ArgumentLevel{level.text()};
    case VariableKind::revision:
    case VariableKind::patch:
      return SourceLevel{.revision = level.text()};
    case VariableKind::file:
      return FileLevel{.file = level.text()};
    case VariableKind::state:
      return StateLevel{level.text()};
    case VariableKind::command:
    case VariableKind::level:  // read by read_levels
      break;
  }
  return CommandLevel{level.argv()};
}

/// One revision without the patch and with it.
std::vector<Level> read_patch(const Field& table) {
  const std::string name = revision_to_patch(table);
  return {{"control", SourceLevel{.revision = name}},
          {"treatment", SourceLevel{.revision = name, .patches = {{table.at("file").text()}}}}};
}

}  // namespace

std::string revision_to_patch(const Field& table) {
  const std::optional<Field> revision = table.find("revision");
  return revision ? revision->text() : kDefaultRevision;
}

SourceBuild read_source_build(const Field& table) {
  SourceBuild source;
  if (const auto repository = table.find("repository")) source.repository = repository->text();
  if (const auto build = table.find("build")) source.build = build->argv();
  if (const auto builds = table.find("builds")) source.builds = builds->count();
  if (const auto timeout = table.find("build_timeout")) {
    source.timeout = timeout->duration();
    if (source.timeout <= nanoseconds::zero()) timeout->fail("a build needs some time: expected more than 0 s");
  }
  if (const auto harness = table.find("harness")) source.harness = harness->texts();
  if (const auto checkout = table.find("checkout")) {
    for (const Field& step : checkout->elements()) source.checkout.push_back(step.name_of<CheckoutStep>());
  }
  return source;
}

Variable read_variable(const Field& table) {
  Variable variable;
  variable.kind = table.at("kind").name_of<VariableKind>();
  if (variable.kind == VariableKind::level) return read_levels(table);
  if (const auto name = table.find(variable.kind == VariableKind::file ? "path" : "name")) variable.name = name->text();
  if (variable.kind == VariableKind::patch) {
    variable.levels = read_patch(table);
  } else {
    for (const char* label : {"control", "treatment"}) {
      variable.levels.push_back({label, read_level(variable.kind, table.at(label))});
    }
  }
  if (has_source(variable)) variable.source = read_source_build(table);
  if (const auto shares = table.find("shares")) variable.shares = shares->truth();
  if (variable.levels.front().value == variable.levels.back().value)
    table.at("treatment").fail("the same as control: arms that do not differ can show nothing");
  return variable;
}

}  // namespace assay::definition
