#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {
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
  void operator()(const SourceLevel& level) const {
    target.update({{"revision", level.revision}, {"commit", level.commit}, {"tree", level.tree}});
    if (level.patches.size() == 1) {
      target.update({{"patch", level.patches.front().file}, {"patch_sha256", level.patches.front().sha256}});
    } else if (!level.patches.empty()) {
      json patches = json::array();
      for (const Patch& patch : level.patches) patches.push_back({{"file", patch.file}, {"sha256", patch.sha256}});
      target["patches"] = std::move(patches);
    }
  }
  void operator()(const FileLevel& level) const { target.update({{"file", level.file}, {"sha256", level.sha256}}); }
  void operator()(const StateLevel& level) const { target["state"] = level.state; }
};

SettingsLevel settings_at(const JsonPlace& place) {
  SettingsLevel level;
  for (const auto& [name, value] : place.members()) {
    level.set.emplace(name, value.is_null() ? std::nullopt : std::optional(value.text()));
  }
  return level;
}

SourceLevel source_level_at(const JsonPlace& place) {
  SourceLevel level;
  level.revision = place.at("revision").text();
  level.commit = place.at("commit").text();
  level.tree = place.at("tree").text();
  if (const auto patch = place.find("patch")) {
    level.patches.push_back({patch->text(), place.at("patch_sha256").text()});
  }
  if (const auto patches = place.find("patches")) {
    for (const JsonPlace& patch : patches->elements()) {
      level.patches.push_back({patch.at("file").text(), patch.at("sha256").text()});
    }
  }
  return level;
}

LevelValue level_value_at(const JsonPlace& place, VariableKind kind);

/// A level of a race says itself what form it has: that of an argument, an environment variable or several, or a
/// revision.
LevelValue racing_level_at(const JsonPlace& place) {
  if (const auto set = place.find("set")) return settings_at(*set);
  if (place.find("revision")) return source_level_at(place);
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
    case VariableKind::revision:
    case VariableKind::patch:
      return source_level_at(place);
    case VariableKind::file:
      return FileLevel{place.at("file").text(), place.at("sha256").text()};
    case VariableKind::state:
      return StateLevel{place.at("state").text()};
  }
  ASSAY_ASSERT(false);
  return {};
}

json source_json(const SourceBuild& source) {
  json target = {{"repository", source.repository},
                 {"build", source.build},
                 {"builds", source.builds},
                 {"timeout_ns", source.timeout.count()}};
  if (source.harness) target["harness"] = *source.harness;
  json steps = json::array();
  for (const CheckoutStep step : source.checkout) steps.push_back(to_string(step));
  if (!steps.empty()) target["checkout"] = std::move(steps);
  return target;
}

SourceBuild source_at(const JsonPlace& place) {
  SourceBuild source;
  source.repository = place.at("repository").text();
  source.build = place.at("build").texts();
  source.builds = place.at("builds").count();
  if (source.builds < 1) throw place.at("builds").error("each arm is built once or more often");
  source.timeout = place.at("timeout_ns").duration();
  if (const auto harness = place.find("harness")) source.harness = harness->texts();
  if (const auto checkout = place.find("checkout")) {
    for (const JsonPlace& step : checkout->elements()) source.checkout.push_back(step.name_of<CheckoutStep>());
  }
  return source;
}

json condition_json(const MetricCondition& condition) {
  return {{"metric", condition.metric},
          {"comparator", to_string(condition.comparator)},
          {"value", condition.value},
          {"text", condition.text}};
}

MetricCondition condition_at(const JsonPlace& place) {
  return {place.at("metric").text(), place.at("comparator").name_of<Comparator>(), place.at("value").number(),
          place.at("text").text()};
}

}  // namespace

json variable_json(const Variable& variable) {
  json levels = json::array();
  for (const Level& level : variable.levels) {
    json entry = {{"label", level.label}};
    std::visit(LevelJson{entry}, level.value);
    if (variable.kind == VariableKind::level) {
      if (std::holds_alternative<ArgumentLevel>(level.value)) entry["as"] = to_string(VariableKind::argument);
      if (std::holds_alternative<EnvironmentLevel>(level.value)) entry["as"] = to_string(VariableKind::env);
    }
    levels.push_back(std::move(entry));
  }
  json target = {{"kind", to_string(variable.kind)}, {"name", variable.name}, {"levels", std::move(levels)}};
  if (variable.source) target["source"] = source_json(*variable.source);
  if (variable.reached) target["reached"] = condition_json(*variable.reached);
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
  if (has_source(variable)) variable.source = source_at(place.at("source"));
  if (const auto reached = place.find("reached")) variable.reached = condition_at(*reached);
  if (const auto shares = place.find("shares")) variable.shares = shares->truth();
  if (variable.levels.size() < 2) throw place.at("levels").error("a variable has two levels or more");
  return variable;
}

}  // namespace assay::formats
