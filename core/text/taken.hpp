#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace assay {

/// Removes the prefix from the front of the text; false, and nothing is removed, if the text begins otherwise.
[[nodiscard]] inline bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Removes a whole number from the front of the text; empty, and nothing is removed, if there is none that an int
/// holds.
[[nodiscard]] inline std::optional<int> take_number(std::string_view& text) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace assay
