#pragma once

#include <string>
#include <string_view>

namespace assay {

/// The text with every byte that is not part of valid UTF-8 replaced by U+FFFD: what a program said or called itself,
/// made fit for JSON. Valid text comes back as it is.
[[nodiscard]] std::string valid_text(std::string_view text);
[[nodiscard]] bool is_valid_text(std::string_view text);

}  // namespace assay
