#include <set>

#include <fmt/format.h>

#include "experiments/definition/canonical_json.hpp"
#include "experiments/definition/readers.hpp"
#include "experiments/definition/utf8.hpp"

namespace assay::experiments {
namespace {

/// A number stands for its shortest text: 4 is "4".
std::string text_of(const Field& level) {
  return level.value().is_string() ? level.text() : canonical_json(level.value());
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
  const bool named = fields.front().value().is_object();
  const auto as = table.find("as");
  if (named && as) as->fail("levels that are tables say themselves what they set: leave as out");
  if (!named && variable.name.empty()) {
    table.fail("levels that are values need the name of the argument or environment variable that takes them");
  }
  const VariableKind form = as ? as->enumerator<VariableKind>() : VariableKind::argument;
  for (const Field& field : fields) {
    if (field.value().is_object() != named)
      field.fail("expected levels of one form: values, or tables with name and set");
    variable.levels.push_back(named ? read_settings(field) : read_value(field, form, variable.name));
  }
  if (named) complete_settings(variable.levels);
  refuse_equal_levels(fields, variable.levels);
  return variable;
}

}  // namespace assay::experiments
