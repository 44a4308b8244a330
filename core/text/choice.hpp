#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// "\"blue\" is not one of auto, always, never", and the name that was probably meant: for an Error's text.
[[nodiscard]] std::string not_one_of(std::string_view text, const std::vector<std::string_view>& accepted);

}  // namespace assay
