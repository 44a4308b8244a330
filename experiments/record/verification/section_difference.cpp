#include "experiments/record/verification/section_difference.hpp"

#include <vector>

#include <fmt/format.h>

#include "experiments/record/documents/document_lines.hpp"

namespace assay::record {
namespace {

std::string content_at(const std::vector<Line>& lines, std::size_t index) {
  return index < lines.size() ? fmt::format("\"{}\"", lines[index].content) : "nothing";
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
  return {
      fmt::format("{}:{}", found.document, found.line + index),
      fmt::format("the entry of {} is not what its record says: {} stands there, expected {}; assay render writes it "
                  "anew",
                  record, content_at(found_lines, index), content_at(expected_lines, index))};
}

}  // namespace assay::record
