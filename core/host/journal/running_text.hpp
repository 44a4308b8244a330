#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/assert.hpp"

namespace assay::host {

/// Canonical JSON has no line feed, so blocks that run side by side are kept as the lines of one text.
inline constexpr char kBetweenRunningBlocks = '\n';

/// \param blocks  none holds a line feed
[[nodiscard]] inline std::string running_text(const std::vector<std::string>& blocks) {
  std::string text;
  for (const std::string& block : blocks) {
    ASSAY_ASSERT(block.find(kBetweenRunningBlocks) == std::string::npos);
    if (!text.empty()) text += kBetweenRunningBlocks;
    text += block;
  }
  return text;
}

[[nodiscard]] inline std::vector<std::string> running_blocks_in(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(kBetweenRunningBlocks, begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace assay::host
