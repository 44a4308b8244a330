#include "experiments/formats/printed_json.hpp"

#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/control_characters.hpp"
#include "core/text/utf8.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

/// Only strings of a JSON text hold such characters, apart from the line ends between its values.
std::string with_escaped_controls(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + 1);
  while (!text.empty()) {
    const std::string_view symbol = text.substr(0, utf8_length(text));
    const char32_t code = utf8_code_point(symbol);
    if (code != U'\n' && is_control(code)) {
      escaped += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
    } else {
      escaped += symbol;
    }
    text.remove_prefix(symbol.size());
  }
  return escaped;
}

}  // namespace

std::string printed_json(const json& value, JsonLayout layout) {
  constexpr int kIndent = 2;
  constexpr int kOneLine = -1;
  const std::string text =
      value.dump(layout == JsonLayout::indented ? kIndent : kOneLine, ' ', false, json::error_handler_t::replace);
  return with_escaped_controls(text) + '\n';
}

}  // namespace assay::formats
