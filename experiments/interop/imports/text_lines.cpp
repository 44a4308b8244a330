#include "experiments/interop/imports/text_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/interop/imports/import_limits.hpp"

namespace assay::interop {

std::vector<TextLine> lines_of(std::string_view text) {
  check_amount_of_lines(text);
  std::vector<TextLine> lines;
  int number = 1;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    lines.push_back({number++, text.substr(0, end)});
    const std::size_t length = text.substr(end).starts_with("\r\n") ? 2 : 1;
    text.remove_prefix(std::min(end + length, text.size()));
  }
  return lines;
}

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view kBlanks = " \t";
  std::vector<std::string_view> words;
  for (;;) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    if (line.empty()) return words;
    words.push_back(line.substr(0, line.find_first_of(kBlanks)));
    line.remove_prefix(words.back().size());
  }
}

Error error_in(const TextLine& line, std::string_view what) {
  return Error(std::string(what)).within(fmt::format("line {}", line.number));
}

}  // namespace assay::interop
