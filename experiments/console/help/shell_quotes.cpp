#include "experiments/console/help/shell_quotes.hpp"

#include "core/assert.hpp"

namespace assay::console {

std::string in_fish_quotes(std::string_view text) {
  return '\'' + with_backslashes(text, "\\'") + '\'';
}

std::string with_backslashes(std::string_view text, std::string_view letters) {
  std::string escaped;
  for (const char letter : text) {
    if (letters.find(letter) != std::string_view::npos) escaped += '\\';
    escaped += letter;
  }
  return escaped;
}

std::vector<std::string> plain_words(const std::vector<std::string>& words) {
  std::vector<std::string> plain;
  for (const std::string& word : words) {
    if (word.find_first_of(" \t'\"\\$`") == std::string::npos) plain.push_back(word);
  }
  return plain;
}

std::string with_value(std::string script, std::string_view place, std::string_view value) {
  const std::size_t at = script.find(place);
  ASSAY_ASSERT(at != std::string::npos);
  return script.replace(at, place.size(), value);
}

}  // namespace assay::console
