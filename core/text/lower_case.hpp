#pragma once

#include <string>
#include <string_view>

namespace assay {

/// The text with the letters of ASCII in lower case; others stay.
[[nodiscard]] inline std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

}  // namespace assay
