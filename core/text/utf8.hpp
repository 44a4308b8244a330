#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay {

/// Length of the valid UTF-8 character at the front of a text that is not empty; 0 where there is none: a stray byte,
/// a cut or overlong sequence, a surrogate, beyond U+10FFFF (The Unicode Standard 15.0, table 3-7).
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Code point of one valid character, as `utf8_length` measured it.
[[nodiscard]] char32_t utf8_code_point(std::string_view character);

/// The text on one line that a terminal shows as it is: control characters, line separators, what turns the direction
/// of text around, and stray bytes become \xNN.
[[nodiscard]] std::string printable(std::string_view text);
/// The text, or its first bytes, whole characters, and "...". `longest` is at least 4.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t longest = 60);
/// A user's text for a message: shortened, printable, in quotes.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace assay
