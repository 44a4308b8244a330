#include "experiments/interop/exports/escapes.hpp"

#include <algorithm>

#include "core/text/utf8.hpp"
#include "core/text/valid_text.hpp"

namespace assay::interop {
namespace {

bool is_control_of_ascii(char letter) {
  const auto code = static_cast<unsigned char>(letter);
  return code < 0x20 || code == 0x7f;
}

/// Valid UTF-8 in one line. Control characters of ASCII become blanks, and any other that a terminal or a page would
/// act on, such as a mark of direction, is shown by its bytes.
std::string in_one_line(std::string_view text) {
  std::string line = valid_text(text);
  std::replace_if(line.begin(), line.end(), is_control_of_ascii, ' ');
  return printable(line);
}

}  // namespace

std::string csv_field(std::string_view text) {
  std::string field = in_one_line(text);
  if (!field.empty() && std::string_view("=+-@").find(field.front()) != std::string_view::npos) field.insert(0, "'");
  if (field.find_first_of("\",;") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char letter : field) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return quoted + '"';
}

std::string xml_text(std::string_view text) {
  constexpr std::size_t kBytesOfEach = 3;
  std::string line = in_one_line(text);
  for (const std::string_view no_character : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = 0; (at = line.find(no_character, at)) != std::string::npos;) {
      line.replace(at, kBytesOfEach, "\xEF\xBF\xBD");
    }
  }
  return line;
}

std::string one_word(std::string_view text) {
  std::string word = in_one_line(text);
  std::replace(word.begin(), word.end(), ' ', '_');
  return word.empty() ? "_" : word;
}

}  // namespace assay::interop
