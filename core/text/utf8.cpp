#include "core/text/utf8.hpp"

#include <fmt/format.h>

#include "core/text/control_characters.hpp"

namespace assay {
namespace {

struct LeadByte {
  std::size_t length;
  unsigned char lowest_second;
  unsigned char highest_second;
};

/// What a lead byte asks of the bytes after it; length 0 where no character starts with it.
LeadByte lead_byte(unsigned char byte) {
  if (byte < 0x80) return {1, 0, 0};
  if (byte >= 0xc2 && byte <= 0xdf) return {2, 0x80, 0xbf};
  if (byte == 0xe0) return {3, 0xa0, 0xbf};
  if (byte == 0xed) return {3, 0x80, 0x9f};
  if (byte >= 0xe1 && byte <= 0xef) return {3, 0x80, 0xbf};
  if (byte == 0xf0) return {4, 0x90, 0xbf};
  if (byte >= 0xf1 && byte <= 0xf3) return {4, 0x80, 0xbf};
  if (byte == 0xf4) return {4, 0x80, 0x8f};
  return {0, 0, 0};
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const LeadByte lead = lead_byte(static_cast<unsigned char>(text.front()));
  if (lead.length > text.size()) return 0;
  for (std::size_t place = 1; place < lead.length; ++place) {
    const auto byte = static_cast<unsigned char>(text[place]);
    const unsigned char lowest = place == 1 ? lead.lowest_second : 0x80;
    const unsigned char highest = place == 1 ? lead.highest_second : 0xbf;
    if (byte < lowest || byte > highest) return 0;
  }
  return lead.length;
}

char32_t utf8_code_point(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return lead;
  auto code = static_cast<char32_t>(lead & (0x7fU >> character.size()));
  for (const char byte : character.substr(1)) code = code << 6U | (static_cast<unsigned char>(byte) & 0x3fU);
  return code;
}

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view symbol = text.substr(0, length == 0 ? 1 : length);
    if (length == 0 || is_control(utf8_code_point(symbol))) {
      for (const char byte : symbol) shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    } else {
      shown += symbol;
    }
    text.remove_prefix(symbol.size());
  }
  return shown;
}

std::string shortened(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > longest - 4 && utf8_length(text.substr(end)) == 0) --end;
  return std::string(text.substr(0, end)) + "...";
}

std::string in_quotes(std::string_view text) {
  return '"' + printable(shortened(text)) + '"';
}

}  // namespace assay
