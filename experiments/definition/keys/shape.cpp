#include "experiments/definition/keys/shape.hpp"

#include <utility>

#include "experiments/definition/keys/table.hpp"

namespace assay::definition {

Shape Shape::such_as(std::string_view json) const {
  Shape shape = *this;
  shape.examples.push_back(json);
  return shape;
}

}  // namespace assay::definition

namespace assay::definition::shape {
namespace {

using Type = Shape::Type;

/// { shell = "..." }
const TableDescription& shell_table() {
  static const TableDescription description = [] {
    TableDescription table;
    table.keys.push_back({.name = "shell", .shape = shell_line(), .meaning = "", .need = Need::required});
    return table;
  }();
  return description;
}

}  // namespace

Shape text(std::string_view title) {
  return {.title = title};
}

Shape some_text(std::string_view title) {
  return {.title = title, .fewest = 1};
}

Shape path(std::string_view title) {
  return {.title = title, .written = "path", .fewest = 1};
}

Shape name() {
  return {.title = "a name"};
}

Shape truth() {
  return {.type = Type::truth, .title = "true or false"};
}

Shape list_of(const Shape& element, std::string_view title) {
  return {.type = Type::list, .title = title, .parts = {element}};
}

Shape some_of(const Shape& element, std::string_view title) {
  return {.type = Type::list, .title = title, .fewest = 1, .parts = {element}};
}

Shape by_name(const Shape& value, std::string_view title) {
  return {.type = Type::by_name, .title = title, .parts = {value}};
}

Shape table(const TableDescription& description) {
  return {.type = Type::table, .title = description.title, .definition = description.definition, .table = &description};
}

Shape choice(std::vector<Shape> alternatives, std::string_view title) {
  return {.type = Type::choice, .title = title, .parts = std::move(alternatives)};
}

Shape whole_number(WholeRange range, std::string_view title) {
  return {.type = Type::whole_number,
          .title = title,
          .from = static_cast<double>(range.from),
          .to = static_cast<double>(range.to)};
}

Shape share() {
  return {.type = Type::number, .title = "a number from 0 to 1", .from = 0, .to = 1};
}

Shape duration() {
  return {.title = "a time with its unit",
          .definition = "duration",
          .note = "Units: ns, us, ms, s, min, h, d.",
          .written = "time",
          .examples = {R"("10 s")"}};
}

Shape size() {
  return {.title = "a size with its unit",
          .definition = "size",
          .note = "Units: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB.",
          .written = "size",
          .examples = {R"("512 MiB")"}};
}

Shape percent() {
  return {
      .title = "a percentage with its sign", .definition = "percent", .written = "percentage", .examples = {R"("3%")"}};
}

Shape words() {
  Shape words = some_of(text("text in quotes"), "a list of words, the program first, no shell");
  words.definition = "argv";
  words.written = "words";
  return words.such_as(R"(["./deploy.sh", "custom-html"])");
}

Shape shell_line() {
  Shape line = some_text("a line that /bin/sh reads");
  line.definition = "shellLine";
  return line.such_as(R"("sort input.txt | uniq > out.txt")");
}

Shape action() {
  Shape action =
      choice({words(), table(shell_table())}, R"(a list of words, or { shell = "..." } for a line that /bin/sh reads)");
  action.definition = "action";
  action.written = "action";
  return action.such_as(R"(["./reset.sh", "--all"])");
}

Shape globs(std::string_view title, std::string_view element) {
  Shape globs = list_of(some_text(element), title);
  globs.written = "list of paths with `*`, `?`, `**`";
  return globs;
}

Shape workload_names() {
  Shape names = some_of(text("the name of a workload"), "a list of names of workloads");
  names.definition = "workloadNames";
  names.written = "list of names";
  return names.such_as(R"(["custom-html"])");
}

}  // namespace assay::definition::shape
