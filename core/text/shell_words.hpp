#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The text in single quotes, as POSIX shells and zsh read them.
[[nodiscard]] std::string in_shell_quotes(std::string_view text);
/// The words as a POSIX shell reads them back: "assay compare 'sleep 1' 'sleep 2'".
[[nodiscard]] std::string shell_words(const std::vector<std::string>& words);

}  // namespace assay
