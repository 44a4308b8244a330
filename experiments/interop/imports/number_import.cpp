#include "experiments/interop/imports/number_import.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "core/text/written_number.hpp"
#include "experiments/interop/imports/text_lines.hpp"

namespace assay::interop {
namespace {

std::string_view without_remark(std::string_view line) {
  return trimmed(line.substr(0, line.find('#')));
}

std::optional<double> number_in(std::string_view text) {
  const auto number = read_written_number(text, NumberForm::comma_point);
  const auto* const written = std::get_if<WrittenNumber>(&number);
  if (written == nullptr || !written->behind.empty() || !std::isfinite(written->value)) return std::nullopt;
  return written->value;
}

}  // namespace

bool is_numbers(const ToolText& file) {
  if (file.tree != nullptr) return false;
  for (const TextLine& line : lines_of(file.text)) {
    const std::string_view text = without_remark(line.text);
    if (!text.empty()) return number_in(text).has_value();
  }
  return false;
}

SampleFile read_numbers(const ToolText& file) {
  Sample sample{"value", "value", "", Direction::lower, {}};
  for (const TextLine& line : lines_of(file.text)) {
    const std::string_view text = without_remark(line.text);
    if (text.empty()) continue;
    const std::optional<double> number = number_in(text);
    if (!number) throw error_in(line, fmt::format("{} is not a finite number", in_quotes(text)));
    sample.values.push_back(*number);
  }
  return {{std::move(sample)}, {}};
}

}  // namespace assay::interop
