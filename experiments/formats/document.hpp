#pragma once

#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace assay::formats {

/// A place in a text; both numbers count from 1.
struct Position {
  int line = 0;
  int column = 0;
  friend bool operator==(const Position&, const Position&) = default;
  friend bool operator<(const Position& left, const Position& right) {
    return left.line < right.line || (left.line == right.line && left.column < right.column);
  }
};

/// A file that a person wrote, as a tree of values. A JSON pointer names each value: "/workload/0/timeout".
struct Document {
  std::string name;  ///< the file's, as the user gave it
  nlohmann::json tree;
  std::map<std::string, Position> positions;  ///< by pointer; empty for JSON
};

/// A key as JSON pointers write it (RFC 6901): "~" and "/" are escaped.
[[nodiscard]] std::string escaped_key(std::string_view key);
/// The pointer of a member or of an element.
[[nodiscard]] std::string pointer_to(std::string_view parent, std::string_view key);
[[nodiscard]] std::string pointer_to(std::string_view parent, std::size_t index);

/// The position of a value, or of the nearest value around it; {0, 0} if the document has no positions.
[[nodiscard]] Position position_of(const Document& document, std::string_view pointer);

/// What is wrong with one value of a document.
struct Mistake {
  std::string pointer;
  std::string text;
};

/// "lab.toml:12:3: workload[0].timeout: TEXT", or for JSON "lab.json: /workload/0/timeout: TEXT".
[[nodiscard]] Error error_at(const Document& document, const Mistake& mistake);

/// Several mistakes of one document. `what` has each on a line of its own.
class MistakesError : public Error {
 public:
  explicit MistakesError(std::vector<std::string> lines);
  [[nodiscard]] const std::vector<std::string>& lines() const noexcept { return lines_; }

 private:
  std::vector<std::string> lines_;
};

/// All mistakes in the order of the file, each once; of more than ten the first ten and the number of the others.
/// \pre there is at least one
[[nodiscard]] MistakesError errors_at(const Document& document, std::vector<Mistake> mistakes);

}  // namespace assay::formats
