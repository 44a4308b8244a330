#include "experiments/interop/imports/file_numbers.hpp"

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/interop/number_texts.hpp"

namespace assay::interop {

void FileNumbers::show(std::string_view text) {
  if (!form_) form_ = form_of_number(text);
}

double FileNumbers::read(const TextLine& line, std::string_view text) const {
  const auto number = read_number_text(text, form_);
  if (const auto* const mistake = std::get_if<UnreadableNumber>(&number))
    throw error_in(line, fmt::format("{} {}", in_quotes(text), mistake->text));
  return std::get<WrittenNumber>(number).value;
}

double FileNumbers::read_measure(const TextLine& line, std::string_view text) const {
  const double value = read(line, text);
  if (value < 0) throw error_in(line, fmt::format("expected 0 or more, not {}", in_quotes(text)));
  return value;
}

void FileNumbers::tell(SampleFile& file) const {
  if (!form_ || is_declared_) return;
  file.notes.push_back(fmt::format("{}: the numbers are read as in {}", name_, to_string(*form_)));
}

}  // namespace assay::interop
