#include "core/variable.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/secrets.hpp"

namespace assay {
namespace {

std::string hidden_text(const std::string& hmac) {
  constexpr std::size_t kShown = 8;
  return fmt::format("(hidden {})", hmac.substr(0, kShown));
}

struct LevelText {
  std::string operator()(const EnvironmentLevel& level) const { return assay::describe_value(level); }
  std::string operator()(const ArgumentLevel& level) const { return masked_secrets(level.value); }
  std::string operator()(const CommandLevel& level) const {
    return masked_secrets(fmt::format("{}", fmt::join(level.argv, " ")));
  }
  std::string operator()(const SettingsLevel& level) const {
    std::vector<std::string> settings;
    for (const auto& [name, value] : shown_settings(level)) {
      if (value) settings.push_back(name + "=" + *value);
    }
    return settings.empty() ? "nothing set" : fmt::format("{}", fmt::join(settings, " "));
  }
  std::string operator()(const SourceLevel& level) const {
    const std::string text = assay::describe(level);
    return level.commit.empty() ? text : fmt::format("{} ({})", text, short_object_id(level.commit));
  }
  std::string operator()(const FileLevel& level) const { return level.file; }
  std::string operator()(const StateLevel& level) const { return level.state; }
};

}  // namespace

std::string describe(const Variable& variable) {
  std::string text = fmt::format("{}{}{}:", to_string(variable.kind), variable.name.empty() ? "" : " ", variable.name);
  const char* separator = " ";
  for (const Level& level : variable.levels) {
    const bool is_named = variable.kind == VariableKind::level &&
                          (std::holds_alternative<SettingsLevel>(level.value) || has_source(variable));
    if (is_named) {
      text += fmt::format("{}{} ({})", separator, level.label, std::visit(LevelText{}, level.value));
    } else {
      text += separator + std::visit(LevelText{}, level.value);
    }
    separator = variable.kind == VariableKind::level ? ", " : " -> ";
  }
  return text;
}

std::string describe_value(const EnvironmentLevel& level) {
  return level.hmac.empty() ? level.value.value_or("unset") : hidden_text(level.hmac);
}

std::map<std::string, std::optional<std::string>> shown_settings(const SettingsLevel& level) {
  std::map<std::string, std::optional<std::string>> shown = level.set;
  for (const auto& [name, hmac] : level.set_hmac) shown[name] = hidden_text(hmac);
  return shown;
}

std::string describe(const SourceLevel& level) {
  if (level.patches.empty()) return level.revision;
  std::vector<std::string_view> files;
  for (const Patch& patch : level.patches) files.emplace_back(patch.file);
  return fmt::format("{} with {}", level.revision, fmt::join(files, ", "));
}

std::vector<std::string> environment_names(const Variable& variable) {
  std::vector<std::string> names;
  for (const Level& level : variable.levels) {
    if (std::holds_alternative<EnvironmentLevel>(level.value)) names.push_back(variable.name);
    const auto* settings = std::get_if<SettingsLevel>(&level.value);
    if (settings == nullptr) continue;
    for (const auto& [name, value] : shown_settings(*settings)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string argument_placeholder(std::string_view name) {
  return fmt::format("{{{}}}", name);
}

Argv with_argument(Argv argv, std::string_view name, std::string_view value) {
  const std::string placeholder = argument_placeholder(name);
  for (std::string& word : argv) {
    for (std::size_t at = 0; (at = word.find(placeholder, at)) != std::string::npos; at += value.size()) {
      word.replace(at, placeholder.size(), value);
    }
  }
  return argv;
}

bool varies_argument(const Variable& variable) {
  return std::any_of(variable.levels.begin(), variable.levels.end(),
                     [](const Level& level) { return std::holds_alternative<ArgumentLevel>(level.value); });
}

std::string short_object_id(const std::string& id) {
  constexpr std::size_t kDigits = 10;
  return id.substr(0, kDigits);
}

}  // namespace assay
