#include "experiments/cli/shell_words.hpp"

#include <algorithm>

namespace assay::cli {

Arguments without_option(const Arguments& words, const OptionSpelling& option) {
  Arguments kept;
  const auto end = std::find(words.begin(), words.end(), "--");
  for (auto word = words.begin(); word != end; ++word) {
    const bool may_be_short = !option.short_name.empty();
    if (*word == option.name || (may_be_short && *word == option.short_name)) {
      if (std::next(word) != end) ++word;  // its value
    } else if (!word->starts_with(option.name + "=") && !(may_be_short && word->starts_with(option.short_name))) {
      kept.push_back(*word);
    }
  }
  kept.insert(kept.end(), end, words.end());
  return kept;
}

Arguments with_option(const Arguments& words, const OptionSpelling& option, const std::string& value) {
  Arguments all = without_option(words, option);
  all.insert(all.begin(), {option.name, value});
  return all;
}

}  // namespace assay::cli
