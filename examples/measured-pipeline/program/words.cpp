#include <iterator>
#include <regex>

#include "parts.hpp"

int words_of(const std::string& text, const std::string& form) {
  const std::regex words(form);
  return static_cast<int>(std::distance(std::sregex_iterator(text.begin(), text.end(), words), {}));
}
