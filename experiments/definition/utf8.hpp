#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::experiments {

/// Length of the valid UTF-8 character at the front of a text that is not empty; 0 where there is none: a stray byte,
/// a cut or overlong sequence, a surrogate, beyond U+10FFFF (The Unicode Standard 15.0, table 3-7).
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// The text on one line that a terminal shows as it is: control characters and stray bytes become \xNN.
[[nodiscard]] std::string on_one_line(std::string_view text);
/// The text, or its first bytes, whole characters, and "...". `longest` is at least 4.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t longest = 60);
/// A user's text for a message: shortened, on one line, in quotes.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace assay::experiments
