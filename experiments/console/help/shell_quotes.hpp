#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::console {

/// The text in single quotes, as fish reads them: there a backslash escapes a quote and itself.
[[nodiscard]] std::string in_fish_quotes(std::string_view text);
/// The text with a backslash before each of those letters.
[[nodiscard]] std::string with_backslashes(std::string_view text, std::string_view letters);

/// Those of the words that every shell takes without quotes: a list of completions is split at blanks.
[[nodiscard]] std::vector<std::string> plain_words(const std::vector<std::string>& words);

/// A script with a value in the one place that is kept for it, such as "@COMMANDS@".
[[nodiscard]] std::string with_value(std::string script, std::string_view place, std::string_view value);

}  // namespace assay::console
