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
  void operator()(const SettingsLevel& level) const {
    json set = json::object();
    for (const auto& [name, value] : level.set) set[name] = value ? json(*value) : json(nullptr);
    target["set"] = std::move(set);
  }
  void operator()(const CommandLevel& level) const { target["command"] = level.argv; }
};

SettingsLevel settings_at(const JsonPlace& place) {
  SettingsLevel level;
  for (const auto& [name, value] : place.members()) {
    level.set.emplace(name, value.is_null() ? std::nullopt : std::optional(value.text()));
  }
  return level;
}

LevelValue level_value_at(const JsonPlace& place, VariableKind kind);

/// A level of a race says itself what form it has: that of an argument, an environment variable or several.
LevelValue racing_level_at(const JsonPlace& place) {
  if (const auto set = place.find("set")) return settings_at(*set);
  return level_value_at(place, place.at("as").name_of<VariableKind>());
}

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
    case VariableKind::level:
      return racing_level_at(place);
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
    if (variable.kind == VariableKind::level && !std::holds_alternative<SettingsLevel>(level.value)) {
      entry["as"] =
          to_string(std::holds_alternative<ArgumentLevel>(level.value) ? VariableKind::argument : VariableKind::env);
    }
    levels.push_back(std::move(entry));
  }
  return {{"kind", to_string(variable.kind)}, {"name", variable.name}, {"levels", std::move(levels)}};
}

Variable variable_at(const JsonPlace& place) {
  Variable variable;
  variable.kind = place.at("kind").name_of<VariableKind>();
  variable.name = place.at("name").text();
  for (const JsonPlace& level : place.at("levels").elements()) {
    variable.levels.push_back({level.at("label").text(), level_value_at(level, variable.kind)});
  }
  if (variable.levels.size() < 2) throw place.at("levels").error("a variable has two levels or more");
  return variable;
}

}  // namespace assay::experiments
