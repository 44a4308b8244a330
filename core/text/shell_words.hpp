#pragma once

#include <string>
#include <vector>

namespace assay {

/// The words as a POSIX shell reads them back: "assay compare 'sleep 1' 'sleep 2'".
[[nodiscard]] std::string shell_words(const std::vector<std::string>& words);

}  // namespace assay
