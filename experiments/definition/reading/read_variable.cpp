#include <algorithm>

#include "core/assert.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/definition/reading/source_keys.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

/// Text, or { unset = true }.
EnvironmentLevel environment_level(const Field& field) {
  return field.is_table() ? EnvironmentLevel{} : EnvironmentLevel{field.text()};
}
ArgumentLevel argument_level(const Field& field) {
  return {field.text()};
}
CommandLevel command_level(const Field& field) {
  return {field.argv()};
}
SourceLevel source_level(const Field& field) {
  return {.revision = field.text()};
}
FileLevel file_level(const Field& field) {
  return {.file = field.text()};
}
StateLevel state_level(const Field& field) {
  return {field.text()};
}

/// Adds a level that is called like its key.
template <auto level>
void read_level(const Field& field, Variable& variable) {
  variable.levels.push_back({field.key(), level(field)});
}

void finish_variable(Variable& variable, const Field& table) {
  if (has_source(variable) && !variable.source) variable.source.emplace();
  check_build_time(variable, table);
  if (variable.levels.front().value == variable.levels.back().value)
    table.at("treatment").fail("the same as control: arms that do not differ can show nothing");
}

/// One revision without the patch and with it.
void finish_patch(Variable& variable, const Field& table) {
  const std::string name = revision_to_patch(table);
  variable.levels = {{"control", SourceLevel{.revision = name}},
                     {"treatment", SourceLevel{.revision = name, .patches = {{table.at("file").text()}}}}};
  finish_variable(variable, table);
}

/// A text that both arms have under one title.
Shape level_text(std::string_view definition, std::string_view title, std::string_view example) {
  Shape level = shape::text(title);
  level.definition = definition;
  return level.such_as(example);
}

Key kind_key() {
  return {.name = "kind", .meaning = "what differs", .need = Need::required};
}

template <auto level>
void add_levels(Table<Variable>& table, const Shape& shape) {
  table.key_read_by<read_level<level>>(
      {.name = "control", .shape = shape, .meaning = "the level that there was before", .need = Need::required});
  table.key_read_by<read_level<level>>(
      {.name = "treatment", .shape = shape, .meaning = "the level that is to prove itself", .need = Need::required});
}

void add_common_keys(Table<Variable>& table) {
  Shape reached =
      shape::text("a condition on a metric").such_as(R"("deploys >= 2")").such_as(R"("spans:overlap(request) >= 2")");
  reached.definition = "reached";
  reached.written = "condition";
  table.key_read_later(
      {"reached", reached,
       "shows that the variable acts: a metric of this file, one of `<` `<=` `>` `>=` `==` `!=`, and a value in the "
       "metric's unit, as in `\"workers >= 2\"`. In place of the metric's name may stand what it would be read `from`, "
       "as in `\"spans:overlap(request) >= 2\"`: then it is an observed metric of that name. The median must make it "
       "true in treatment and false in control, else the result is invalid ([audit.md](../methods/audit.md))",
       "not checked"});
  Shape shares = shape::truth();
  shares.definition = "shares";
  table.key<&Variable::shares>(
      {"shares", shares,
       "whether the change makes trials share something (a warm service, a pool, a cache); then an improvement stays "
       "undecided until treatment has passed a check of the kind `isolation` that can fail "
       "([checks.md](../methods/checks.md))"});
}

Key name_key(const Shape& shape, std::string_view meaning) {
  return {.name = "name", .shape = shape, .meaning = meaning, .need = Need::required};
}

TableDescription env_form() {
  Table<Variable> table({.title = "an environment variable",
                         .meaning = "an environment variable of every trial; `unset`, as in `control = { unset = true "
                                    "}`, stands for its absence, "
                                    "which is not the same as `\"\"`",
                         .kind = "env"});
  table.key_read_later(kind_key());
  table.key<&Variable::name>(name_key(shape::text("the name of an environment variable").such_as(R"("READY_MODE")"),
                                      "the environment variable, which may not start with `ASSAY_`"));
  add_levels<environment_level>(table, environment_level_shape());
  add_common_keys(table);
  return table.then<finish_variable>();
}

TableDescription argument_form() {
  Table<Variable> table({.title = "an argument",
                         .meaning = "`{NAME}` is replaced wherever it stands in the words of the workload's command; "
                                    "every workload must hold it",
                         .kind = "argument"});
  table.key_read_later(kind_key());
  table.key<&Variable::name>(name_key(shape::text("a name that stands as {name} in every command").such_as(R"("jobs")"),
                                      "the argument, which stands as `{NAME}` in every command"));
  add_levels<argument_level>(table, level_text("argumentLevel", "text in quotes", R"("4")"));
  add_common_keys(table);
  return table.then<finish_variable>();
}

TableDescription command_form() {
  Table<Variable> table(
      {.title = "a command", .meaning = "the whole command; workloads then have none of their own", .kind = "command"});
  table.key_read_later(kind_key());
  add_levels<command_level>(table, shape::action());
  add_common_keys(table);
  return table.then<finish_variable>();
}

TableDescription revision_form() {
  Table<Variable> table({.title = "a git revision",
                         .meaning = "the whole source, at two git revisions, each built in a clone of its own "
                                    "([sources.md](../methods/sources.md))",
                         .kind = "revision"});
  table.key_read_later(kind_key());
  add_levels<source_level>(table, git_revision());
  add_source_keys(table);
  add_common_keys(table);
  return table.then<finish_variable>();
}

TableDescription patch_form() {
  Table<Variable> table(
      {.title = "a patch", .meaning = "one git revision without a patch and with it", .kind = "patch"});
  table.key_read_later(kind_key());
  table.key_read_later({.name = "file",
                        .shape = shape::path("a patch file, as git diff writes it").such_as(R"("fix.patch")"),
                        .meaning = "the patch, as `git diff` writes it; its names start at the repository's top",
                        .need = Need::required});
  table.key_read_later(patched_revision_key());
  add_source_keys(table);
  add_common_keys(table);
  return table.then<finish_patch>();
}

TableDescription file_form() {
  Table<Variable> table(
      {.title = "a file", .meaning = "one file, which stands at `path` with the content of another", .kind = "file"});
  table.key_read_later(kind_key());
  table.key<&Variable::name>(
      {.name = "path",
       .shape = shape::text("the path of the file that trials use").such_as(R"("etc/app.conf")"),
       .meaning = "the file that trials use; it may be missing before, and is as it was again afterwards",
       .need = Need::required});
  add_levels<file_level>(table,
                         level_text("fileLevel", "the path of the file that this arm gets", R"("etc/app-tuned.conf")"));
  add_common_keys(table);
  return table.then<finish_variable>();
}

TableDescription state_form() {
  Table<Variable> table({.title = "a state",
                         .meaning = "how caches and services stand when a trial starts, in place of the workloads' "
                                    "`states`; there is one cell for each workload",
                         .kind = "state"});
  table.key_read_later(kind_key());
  add_levels<state_level>(table, level_text("stateLevel", "the name of a state", R"("warm")"));
  add_common_keys(table);
  return table.then<finish_variable>();
}

}  // namespace

Shape environment_level_shape() {
  Shape level = shape::choice({shape::text(""), shape::table(table_of<EnvironmentLevel>())},
                              "text in quotes, or { unset = true } for a variable that is absent");
  level.definition = "environmentLevel";
  level.written = "text, or `{ unset = true }`";
  return level.such_as(R"("poll")");
}

template <>
const TableDescription& table_of<EnvironmentLevel>() {
  static const TableDescription description =
      Table<EnvironmentLevel>(TableDescription{})
          .key_read_later({.name = "unset",
                           .shape = {.type = Shape::Type::only_true, .title = "true"},
                           .meaning = "the variable is absent",
                           .need = Need::required});
  return description;
}

const std::vector<TableDescription>& variable_tables() {
  static const std::vector<TableDescription> forms = {env_form(),   argument_form(), command_form(), revision_form(),
                                                      patch_form(), file_form(),     state_form(),   levels_form()};
  return forms;
}

Variable read_variable(const Field& table) {
  Variable variable;
  variable.kind = table.at("kind").name_of<VariableKind>();
  const auto form = std::find_if(variable_tables().begin(), variable_tables().end(),
                                 [&](const TableDescription& one) { return one.kind == to_string(variable.kind); });
  ASSAY_ASSERT(form != variable_tables().end());
  read_table(*form, table, &variable);
  return variable;
}

}  // namespace assay::definition
