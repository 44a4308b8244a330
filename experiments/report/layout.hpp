#pragma once

#include <string>
#include <string_view>

namespace assay::report {

/// Columns that UTF-8 text takes on a terminal: one for each code point, none for combining marks, two for the wide
/// scripts of East Asia and for emoji, none for colours (CSI ... m).
[[nodiscard]] int display_width(std::string_view text);

/// At most `width` columns of it, the last ones "..." where something was cut.
[[nodiscard]] std::string shorten(std::string_view text, int width);

[[nodiscard]] std::string pad_right(std::string_view text, int width);
[[nodiscard]] std::string pad_left(std::string_view text, int width);

/// Where the lines of a paragraph begin.
struct Indent {
  std::string first;  ///< stands before the first line
  std::string rest;   ///< before all others
};
/// Breaks at blanks so that no line is wider than `width` columns, long words excepted, and never between a number and
/// its unit; each line ends with a newline.
[[nodiscard]] std::string wrap(std::string_view text, int width, const Indent& indent = {});

}  // namespace assay::report
