#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::adversary {

/// The heading below which a document says how to measure again.
inline constexpr std::string_view kMeasureAgain = "Measure again";

/// The commands below the heading "Measure again" of a Markdown document, up to the next heading of its level or a
/// higher one: list items that are nothing but a code span, and the lines of code blocks that are marked as shell (of a
/// `console` block, those behind the prompt). Each is there once, in the order of the document.
[[nodiscard]] std::vector<std::string> document_commands(std::string_view document);

/// Whether the command measures a cumulative gain, which there is only once a change was adopted.
[[nodiscard]] bool measures_gain(const std::string& command);

}  // namespace assay::adversary
