#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace assay::definition {

struct TableDescription;

/// What a value in an experiment file may be. The schema, the messages about a wrong value and the key tables of
/// docs/formats/experiment.md follow from it.
struct Shape {
  enum class Type {
    text,
    number,
    whole_number,
    truth,
    only_true,
    name,  ///< one of `names`
    text_or_number,
    text_or_whole_number,
    list,     ///< of `parts[0]`
    by_name,  ///< a table whose keys are the user's own; every value is a `parts[0]`
    table,
    choice,  ///< one of `parts`
  };

  Type type = Type::text;
  std::string_view title = {};       ///< ends the sentence "expected ..., not 10"
  std::string_view definition = {};  ///< its name under "definitions" of the schema, if several keys share it
  std::string_view note = {};        ///< for the schema, beside a title that several keys share
  std::string_view written = {};     ///< how documents call it; empty: follows from the type
  std::vector<std::string_view> examples = {};  ///< as JSON
  std::optional<double> above = {};             ///< the bound itself is not allowed
  std::optional<double> from = {};
  std::optional<double> to = {};
  std::size_t fewest = 0;                        ///< characters of a text, or elements of a list
  std::span<const std::string_view> names = {};  ///< accepted texts
  std::vector<Shape> parts = {};
  const TableDescription* table = nullptr;

  /// The same shape with an example, which messages show.
  [[nodiscard]] Shape such_as(std::string_view json) const;
};

}  // namespace assay::definition

// Shapes of values, by the words of docs/formats/experiment.md.
namespace assay::definition::shape {

[[nodiscard]] Shape text(std::string_view title);
/// A text of one character or more.
[[nodiscard]] Shape some_text(std::string_view title);
[[nodiscard]] Shape path(std::string_view title);
[[nodiscard]] Shape name();
[[nodiscard]] Shape truth();
[[nodiscard]] Shape list_of(const Shape& element, std::string_view title);
/// A list of one element or more.
[[nodiscard]] Shape some_of(const Shape& element, std::string_view title);
[[nodiscard]] Shape by_name(const Shape& value, std::string_view title);
[[nodiscard]] Shape table(const TableDescription& description);
[[nodiscard]] Shape choice(std::vector<Shape> alternatives, std::string_view title);

/// The ends of a range, both allowed.
struct WholeRange {
  int from;
  int to;
};
[[nodiscard]] Shape whole_number(WholeRange range, std::string_view title);
[[nodiscard]] Shape share();  ///< a number from 0 to 1

[[nodiscard]] Shape duration();
[[nodiscard]] Shape size();
[[nodiscard]] Shape percent();
/// A list of words, the program first.
[[nodiscard]] Shape words();
/// Words, or a line for the shell.
[[nodiscard]] Shape action();
[[nodiscard]] Shape shell_line();
/// A list of paths in which `*`, `?` and `**` stand for names.
[[nodiscard]] Shape globs(std::string_view title, std::string_view element);
/// Names of workloads that something is limited to.
[[nodiscard]] Shape workload_names();

template <NamedEnum Enum>
[[nodiscard]] Shape name_of(std::string_view title) {
  return {.type = Shape::Type::name, .title = title, .names = EnumNames<Enum>::values};
}

}  // namespace assay::definition::shape
