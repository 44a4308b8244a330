#pragma once

#include <string>
#include <string_view>

namespace assay {

/// A phrase in Markdown as a plain sentence: links stand by their text, and it ends with a full stop.
[[nodiscard]] std::string plain_sentence(std::string_view markdown);

}  // namespace assay
