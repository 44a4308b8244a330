#pragma once

#include <string_view>

namespace assay::trial {

/// Calls `on_line` for each line of a text, without its ending.
template <class OnLine>
void for_each_line(std::string_view text, OnLine on_line) {
  while (!text.empty()) {
    const std::size_t length = text.find('\n');
    std::string_view line = text.substr(0, length);
    if (line.ends_with('\r')) line.remove_suffix(1);
    on_line(line);
    text.remove_prefix(length == std::string_view::npos ? text.size() : length + 1);
  }
}

}  // namespace assay::trial
