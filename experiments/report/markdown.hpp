#pragma once

#include <string>
#include <string_view>

namespace assay::report {

/// Foreign text as plain words of one Markdown line: nothing in it is read as markup, HTML or a comment.
[[nodiscard]] std::string markdown_text(std::string_view text);
/// A code span; as plain words if the text holds an end or beginning of an HTML comment, which programs that look
/// for markers would find even in code.
[[nodiscard]] std::string markdown_code(std::string_view text);

}  // namespace assay::report
