#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/reading/source_keys.hpp"
#include "experiments/definition/reading/tables.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

/// A number stands for its shortest text: 4 is "4".
std::string text_of(const Field& level) {
  return level.is_text() ? level.text() : formats::canonical_json(level.value());
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
      settings.set.emplace(member.key(), member.is_table() ? std::nullopt : std::optional(member.text()));
    }
  }
  return {level.at("name").text(), std::move(settings)};
}

/// The revision with one patch, several, or none.
Level read_patches(const Field& level, const std::string& revision) {
  SourceLevel source{.revision = revision};
  if (const auto patch = level.find("patch")) {
    const bool is_list = patch->is_list();
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
                       [key](const Field& level) { return level.is_table() && level.find(key).has_value(); });
  };
  if (!levels.front().is_table()) return LevelForm::values;
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

/// The levels of a race, which are all of one form.
void finish_levels(Variable& variable, const Field& table) {
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
    if (field.is_table() != named)
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
  if (form == LevelForm::patches && !variable.source) variable.source.emplace();
  check_build_time(variable, table);
  refuse_equal_levels(fields, variable.levels);
}

Shape racing_level() {
  Shape level = shape::choice({{.type = Shape::Type::number}, shape::text(""), shape::table(racing_level_table())},
                              "a number, text in quotes, or a table with name and set or patch");
  level.definition = "racingLevel";
  return level.such_as("4");
}

Shape levels() {
  Shape levels =
      shape::some_of(racing_level(), "a list of two levels or more: values, or tables with name and set or patch");
  levels.fewest = 2;
  levels.written = "list of 2 to 16 numbers and texts, or of tables";
  return levels.such_as("[1, 2, 4, 8]");
}

Shape level_kind() {
  static constexpr std::array kKinds = {to_string(VariableKind::argument), to_string(VariableKind::env)};
  return {.type = Shape::Type::name, .title = "what the levels are values of", .names = kKinds};
}

Shape patches() {
  const Shape file = shape::some_text("");
  Shape patches =
      shape::choice({file, shape::some_of(file, "")}, "a patch file, or a list of them, as git diff writes them");
  patches.written = "path or list of paths";
  return patches.such_as(R"("cache.patch")").such_as(R"(["cache.patch", "pool.patch"])");
}

Shape level_settings() {
  Shape settings = shape::by_name(environment_level_shape(), "a table of environment variables and their values");
  return settings.such_as(R"({ "CACHE": "1" })");
}

}  // namespace

const TableDescription& racing_level_table() {
  static const TableDescription description =
      Table<Level>(TableDescription{})
          .key_read_later({.name = "name",
                           .shape = shape::some_text("a name").such_as(R"("cache")"),
                           .meaning = "what results call the level by",
                           .need = Need::required})
          .key_read_later({"set", level_settings(),
                           "the environment variables that make the level; what one level sets and another does not is "
                           "absent in the other",
                           "nothing is set"})
          .key_read_later({"patch", patches(), "applied to the revision one after another", "the revision as it is"});
  return description;
}

TableDescription levels_form() {
  Table<Variable> table({.title = "several levels",
                         .meaning = "several levels that race for the best, see below; the first is what there is",
                         .kind = "level"});
  table.key_read_later({.name = "kind", .meaning = "what differs", .need = Need::required});
  table.key<&Variable::name>(
      {"name",
       shape::text("the name of the argument or environment variable that takes the levels").such_as(R"("workers")"),
       "the argument or environment variable that takes the levels, if they are values"});
  table.key_read_later({.name = "as",
                        .shape = level_kind(),
                        .meaning = "what `name` is the name of",
                        .default_json = FileValue<VariableKind>::json(VariableKind::argument)});
  table.key_read_later({.name = "levels",
                        .shape = levels(),
                        .meaning = "the levels, each different; all tables have `set`, or all have `patch`",
                        .need = Need::required});
  table.key_read_later(patched_revision_key());
  add_source_keys(table);
  return table.then<finish_levels>();
}

}  // namespace assay::definition
