#include "experiments/record/verification/section_difference.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/record/documents/document_lines.hpp"

namespace assay::record {
namespace {

std::string content_at(const std::vector<Line>& lines, std::size_t index) {
  return index < lines.size() ? fmt::format("\"{}\"", lines[index].content) : "nothing";
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (end > 0) words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

bool is_figure(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// "; the first figure that no record carries is 7, for 6": of the words that differ, the first with a digit that the
/// expected line does not have. Empty if the figures are the same.
std::string first_figure(std::string_view found, std::string_view expected) {
  const std::vector<std::string_view> known = words_of(expected);
  const std::vector<std::string_view> words = words_of(found);
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (!is_figure(words[index]) || std::find(known.begin(), known.end(), words[index]) != known.end()) continue;
    const std::string instead =
        index < known.size() && is_figure(known[index]) ? fmt::format(", for {}", known[index]) : "";
    return fmt::format("; the first figure that no record carries is {}{}", words[index], instead);
  }
  return "";
}

}  // namespace

Difference section_difference(const SectionPlace& found, std::string_view expected, std::string_view record) {
  const std::vector<Line> found_lines = lines_of(found.whole);
  const std::vector<Line> expected_lines = lines_of(expected);
  std::size_t index = 0;
  while (index < found_lines.size() && index < expected_lines.size() &&
         found_lines[index].content == expected_lines[index].content) {
    ++index;
  }
  const bool are_both = index < found_lines.size() && index < expected_lines.size();
  return {
      fmt::format("{}:{}", found.document, found.line + index),
      fmt::format("the entry of {} is not what its record says: {} stands there, expected {}{}; assay render writes "
                  "it anew",
                  record, content_at(found_lines, index), content_at(expected_lines, index),
                  are_both ? first_figure(found_lines[index].content, expected_lines[index].content) : "")};
}

}  // namespace assay::record
