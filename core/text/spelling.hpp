#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The word most like `text` in its spelling, or nothing (an empty view) where none is near: at most a third of the
/// longer one's letters, and at least one, may be wrong. Letters left out, put in, changed or swapped with their
/// neighbour count one each (optimal string alignment: Damerau 1964, Communications of the ACM 7(3):171-176).
/// Cost: the product of both lengths for each word.
[[nodiscard]] std::string_view nearest_word(std::string_view text, const std::vector<std::string_view>& words);

/// "; did you mean \"margin\"?" for an error's end; empty where no word is near.
[[nodiscard]] std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& words);

/// The names of things that have one, as the words to choose from; valid as long as they are.
template <class Named>
[[nodiscard]] std::vector<std::string_view> names_of(const std::vector<Named>& all) {
  std::vector<std::string_view> names(all.size());
  std::transform(all.begin(), all.end(), names.begin(), [](const Named& one) { return std::string_view(one.name); });
  return names;
}

}  // namespace assay
