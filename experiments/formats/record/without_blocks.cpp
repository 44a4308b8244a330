#include "experiments/formats/record/without_blocks.hpp"

#include <fmt/format.h>

namespace assay::formats {
namespace {

/// Offset behind the JSON array or object that starts at `start`; npos where it does not end.
std::size_t end_of_brackets(std::string_view text, std::size_t start) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = start; at < text.size(); ++at) {
    const char letter = text[at];
    if (quoted) {
      if (letter == '\\') ++at;
      if (letter == '"') quoted = false;
    } else if (letter == '"') {
      quoted = true;
    } else if (letter == '[' || letter == '{') {
      ++depth;
    } else if ((letter == ']' || letter == '}') && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::string without_blocks(std::string_view text) {
  // A quote inside a JSON string is escaped, so what is found is a key.
  constexpr std::string_view kKey = "\"blocks\":[";
  const std::size_t key = text.find(kKey);
  if (key == std::string_view::npos) return std::string(text);
  const std::size_t end = end_of_brackets(text, key + kKey.size() - 1);
  if (end == std::string_view::npos) return std::string(text);
  return fmt::format("{}]{}", text.substr(0, key + kKey.size()), text.substr(end));
}

}  // namespace assay::formats
