#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "experiments/design/plan_parts.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

struct LevelJson {
  json& target;

  void operator()(const EnvironmentLevel& level) const {
    if (level.value) {
      target["value"] = *level.value;
    } else {
      target["unset"] = true;
    }
  }
  void operator()(const ArgumentLevel& level) const { target["value"] = level.value; }
  void operator()(const CommandLevel& level) const { target["command"] = level.argv; }
};

LevelValue level_value_at(const JsonPlace& place, VariableKind kind) {
  switch (kind) {
    case VariableKind::env: {
      if (place.find("unset")) return EnvironmentLevel{};
      return EnvironmentLevel{place.at("value").text()};
    }
    case VariableKind::argument:
      return ArgumentLevel{place.at("value").text()};
    case VariableKind::command:
      return CommandLevel{place.at("command").texts()};
  }
  ASSAY_ASSERT(false);
  return {};
}

}  // namespace

json variable_json(const Variable& variable) {
  json levels = json::array();
  for (const Level& level : variable.levels) {
    json entry = {{"label", level.label}};
    std::visit(LevelJson{entry}, level.value);
    levels.push_back(std::move(entry));
  }
  json target = {{"kind", to_string(variable.kind)}, {"name", variable.name}, {"levels", std::move(levels)}};
  if (variable.shares) target["shares"] = true;  // left out otherwise, so that the hashes of old plans hold
  return target;
}

Variable variable_at(const JsonPlace& place) {
  Variable variable;
  variable.kind = place.at("kind").name_of<VariableKind>();
  variable.name = place.at("name").text();
  for (const JsonPlace& level : place.at("levels").elements()) {
    variable.levels.push_back({level.at("label").text(), level_value_at(level, variable.kind)});
  }
  if (const auto shares = place.find("shares")) variable.shares = shares->truth();
  if (variable.levels.size() < 2) throw place.at("levels").error("a variable has two levels or more");
  return variable;
}

}  // namespace assay::experiments
