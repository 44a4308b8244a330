#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace assay::interop {

/// A line of a text, without its end.
struct TextLine {
  int number = 1;
  std::string_view text;
};

/// The lines of a text; \n, \r\n and \r end one. The text must outlive them.
/// \throws Error if there are more than kMostLines (import_limits.hpp).
[[nodiscard]] std::vector<TextLine> lines_of(std::string_view text);

/// What stands between blanks and tabs.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view line);

/// An error about a line: "line 7: ...".
[[nodiscard]] Error error_in(const TextLine& line, std::string_view what);

}  // namespace assay::interop
