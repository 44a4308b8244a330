#pragma once

#include <algorithm>
#include <string_view>

namespace assay::trial {

/// Calls `on_line` for each line of a text, without its ending: "\n" or "\r\n".
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

/// Takes the next line from the front of a text that a terminal may have shown: "\r", with which progress bars
/// overwrite their line, ends one too. The text is not empty.
[[nodiscard]] inline std::string_view take_terminal_line(std::string_view& text) {
  const std::size_t length = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, length);
  const bool is_pair = text.substr(length).starts_with("\r\n");
  text.remove_prefix(std::min(length + (is_pair ? 2 : 1), text.size()));
  return line;
}

}  // namespace assay::trial
