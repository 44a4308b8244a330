#include "experiments/interop/imports/number_import.hpp"

#include <cmath>

#include "core/text/trimmed.hpp"
#include "core/text/written_number.hpp"
#include "experiments/interop/imports/file_numbers.hpp"
#include "experiments/interop/imports/text_lines.hpp"

namespace assay::interop {
namespace {

std::string_view without_remark(std::string_view line) {
  return trimmed(line.substr(0, line.find('#')));
}

/// Whether a text is meant as a number; if it is written badly, its line is named where it is read.
bool is_number_like(std::string_view text, std::optional<NumberForm> digits) {
  const auto number = read_written_number(text, digits);
  if (const auto* const none = std::get_if<NoNumber>(&number)) return *none != NoNumber::is_none;
  const auto& written = std::get<WrittenNumber>(number);
  return written.behind.empty() && std::isfinite(written.value);
}

}  // namespace

bool is_numbers(const ToolText& file) {
  if (file.tree != nullptr) return false;
  for (const TextLine& line : lines_of(file.text)) {
    const std::string_view text = without_remark(line.text);
    if (!text.empty()) return is_number_like(text, file.digits);
  }
  return false;
}

SampleFile read_numbers(const ToolText& file) {
  const std::vector<TextLine> lines = lines_of(file.text);
  FileNumbers numbers(file);
  for (const TextLine& line : lines) numbers.show(without_remark(line.text));
  SampleFile target{{{"value", "value", "", Direction::lower, {}}}, {}};
  for (const TextLine& line : lines) {
    const std::string_view text = without_remark(line.text);
    if (!text.empty()) target.samples.front().values.push_back(numbers.read(line, text));
  }
  numbers.tell(target);
  return target;
}

}  // namespace assay::interop
