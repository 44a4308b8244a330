#pragma once

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::definition {

/// A place in a text; both count from 1.
struct Position {
  int line = 0;
  int column = 0;
  friend bool operator==(const Position&, const Position&) = default;
  friend bool operator<(const Position& left, const Position& right) {
    return left.line < right.line || (left.line == right.line && left.column < right.column);
  }
};

/// A file as a tree, before anything is known of its meaning. Values are named by JSON pointer: "/workload/0/timeout".
struct Document {
  std::string name;  ///< of the file
  nlohmann::json tree;
  std::map<std::string, Position> positions;  ///< by pointer; empty for JSON
};

/// Reads TOML, or JSON where the name ends in ".json" or the text starts with "{".
/// \throws Error with line and column for wrong syntax, invalid UTF-8, a key that is there twice, huge nesting.
[[nodiscard]] Document read_document(const SourceText& source);
[[nodiscard]] Document read_toml(const SourceText& source);

/// The pointer of a member or element.
[[nodiscard]] std::string pointer_to(std::string_view parent, std::string_view key);
[[nodiscard]] std::string pointer_to(std::string_view parent, std::size_t index);

/// Where a value stands, or the nearest value around it; {0, 0} where that is unknown.
[[nodiscard]] Position position_of(const Document& document, std::string_view pointer);

/// What is wrong with one value of a document.
struct Mistake {
  std::string pointer;
  std::string text;
};

/// "lab.toml:12:3: workload[0].timeout: TEXT", or for JSON "lab.json: /workload/0/timeout: TEXT".
[[nodiscard]] Error error_at(const Document& document, const Mistake& mistake);

}  // namespace assay::definition
