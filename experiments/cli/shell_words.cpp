#include "experiments/cli/shell_words.hpp"

#include <algorithm>

namespace assay::cli {
namespace {

std::string quoted(const std::string& word) {
  constexpr const char* kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%^";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string text = "'";
  for (const char letter : word) text += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return text + "'";
}

}  // namespace

std::string shell_words(const Arguments& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + quoted(word);
  return text;
}

Arguments with_option(const Arguments& words, const OptionWords& option) {
  Arguments kept = {option.name, option.value};
  const auto end = std::find(words.begin(), words.end(), "--");
  for (auto word = words.begin(); word != end; ++word) {
    if (*word == option.name || (!option.short_name.empty() && *word == option.short_name)) {
      if (std::next(word) != end) ++word;  // its value
    } else if (!word->starts_with(option.name + "=") &&
               (option.short_name.empty() || !word->starts_with(option.short_name))) {
      kept.push_back(*word);
    }
  }
  kept.insert(kept.end(), end, words.end());
  return kept;
}

}  // namespace assay::cli
