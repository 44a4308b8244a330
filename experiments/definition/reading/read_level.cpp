#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

/// A number stands for its shortest text: 4 is "4".
std::string text_of(const Field& level) {
  return level.value().is_string() ? level.text() : formats::canonical_json(level.value());
}

Level read_value(const Field& level, VariableKind as, const std::string& name) {
  const std::string value = text_of(level);
  const std::string label = fmt::format("{}={}", name, value);
  if (as == VariableKind::argument) return {label, ArgumentLevel{value}};
  return {label, EnvironmentLevel{value}};
}

Level read_settings(const Field& level) {
  SettingsLevel settings;
  if (const auto set = level.find("set")) {
    for (const Field& member : set->members()) {
      settings.set.emplace(member.key(), member.value().is_object() ? std::nullopt : std::optional(member.text()));
    }
  }
  return {level.at("name").text(), std::move(settings)};
}

/// The revision with one patch, several, or none.
Level read_patches(const Field& level, const std::string& revision) {
  SourceLevel source{.revision = revision};
  if (const auto patch = level.find("patch")) {
    const bool is_list = patch->value().is_array();
    for (std::string& file : is_list ? patch->texts() : std::vector<std::string>{patch->text()}) {
      source.patches.push_back({std::move(file)});
    }
  }
  return {level.at("name").text(), std::move(source)};
}

/// What all levels are made of: named ones of patches, or else of settings; values otherwise.
enum class LevelForm { values, settings, patches };

LevelForm form_of(const std::vector<Field>& levels) {
  const auto has = [&levels](const char* key) {
    return std::any_of(levels.begin(), levels.end(),
                       [key](const Field& level) { return level.value().is_object() && level.find(key).has_value(); });
  };
  if (!levels.front().value().is_object()) return LevelForm::values;
  if (!has("patch")) return LevelForm::settings;
  if (has("set")) levels.front().fail("expected levels of one form: a table has set or patch, and all have the same");
  return LevelForm::patches;
}

/// Keys of levels that are made of a git revision.
void refuse_source_keys(const Field& table) {
  for (const char* key : {"revision", "repository", "build", "builds", "build_timeout", "harness", "checkout"}) {
    if (const auto field = table.find(key)) {
      field->fail(fmt::format("nothing is built of these levels: leave {} out, or give levels a patch", key));
    }
  }
}

/// What some level sets, the levels that do not mention it do without.
void complete_settings(std::vector<Level>& levels) {
  std::set<std::string> names;
  for (const Level& level : levels) {
    for (const auto& [name, value] : std::get<SettingsLevel>(level.value).set) names.insert(name);
  }
  for (Level& level : levels) {
    for (const std::string& name : names) std::get<SettingsLevel>(level.value).set.try_emplace(name, std::nullopt);
  }
}

void refuse_equal_levels(const std::vector<Field>& fields, const std::vector<Level>& levels) {
  for (std::size_t place = 0; place < levels.size(); ++place) {
    for (std::size_t earlier = 0; earlier < place; ++earlier) {
      if (levels[earlier].value == levels[place].value) {
        fields[place].fail(
            fmt::format("the same as level {}: levels that do not differ can show nothing", earlier + 1));
      }
      if (levels[earlier].label == levels[place].label) {
        fields[place].fail(fmt::format("level {} is called {} already", earlier + 1, in_quotes(levels[place].label)));
      }
    }
  }
}

}  // namespace

Variable read_levels(const Field& table) {
  Variable variable;
  variable.kind = VariableKind::level;
  if (const auto name = table.find("name")) variable.name = name->text();
  const std::vector<Field> fields = table.at("levels").elements();
  const LevelForm form = form_of(fields);
  const bool named = form != LevelForm::values;
  const auto as = table.find("as");
  if (named && as) as->fail("levels that are tables say themselves what they set: leave as out");
  if (!named && variable.name.empty()) {
    table.fail("levels that are values need the name of the argument or environment variable that takes them");
  }
  if (form != LevelForm::patches) refuse_source_keys(table);
  const VariableKind value = as ? as->name_of<VariableKind>() : VariableKind::argument;
  const std::string revision = revision_to_patch(table);
  for (const Field& field : fields) {
    if (field.value().is_object() != named)
      field.fail("expected levels of one form: values, or tables with name and set or patch");
    switch (form) {
      case LevelForm::values:
        variable.levels.push_back(read_value(field, value, variable.name));
        break;
      case LevelForm::settings:
        variable.levels.push_back(read_settings(field));
        break;
      case LevelForm::patches:
        variable.levels.push_back(read_patches(field, revision));
        break;
    }
  }
  if (form == LevelForm::settings) complete_settings(variable.levels);
  if (form == LevelForm::patches) variable.source = read_source_build(table);
  refuse_equal_levels(fields, variable.levels);
  return variable;
}

}  // namespace assay::definition
