#include "experiments/interop/number_texts.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/text/trimmed.hpp"

namespace assay::interop {
namespace {

constexpr std::string_view kFigures = "0123456789";

/// Whether marks divide the figures of a text into groups of three behind one to three.
bool groups_thousands(std::string_view whole) {
  constexpr std::size_t kGroup = 3;
  bool is_first = true;
  while (!whole.empty()) {
    const std::size_t figures = std::min(whole.find_first_not_of(kFigures), whole.size());
    const std::size_t next = whole.find_first_of(kFigures, figures);
    const bool is_only = is_first && next == std::string_view::npos;
    if (!is_only && (figures > kGroup || (!is_first && figures != kGroup))) return false;
    whole.remove_prefix(std::min(next, whole.size()));
    is_first = false;
  }
  return true;
}

/// Whether group marks stand only where they belong, in a text that is one number of that form. The form's name shows
/// which mark is the decimal one: "1,234.5".
bool has_whole_groups(std::string_view text, NumberForm form) {
  const char decimal_mark = to_string(form)[5];
  text = text.substr(0, text.find_first_of("eE"));
  const std::size_t whole_length = std::min(text.find(decimal_mark), text.size());
  const std::string_view decimals = trimmed(text.substr(std::min(whole_length + 1, text.size())));
  if (decimals.find_first_not_of(kFigures) != std::string_view::npos) return false;
  std::string_view whole = text.substr(0, whole_length);
  whole.remove_prefix(std::min(whole.find_first_of(kFigures), whole.size()));  // blanks and the sign
  return groups_thousands(whole);
}

}  // namespace

std::variant<WrittenNumber, Mistake> read_number_text(std::string_view text, std::optional<NumberForm> form) {
  auto number = read_written_number(text, form);
  if (const auto* const none = std::get_if<NoNumber>(&number)) {
    if (*none == NoNumber::is_ambiguous)
      return Mistake{"can be read in two ways: say which digits are meant, 1,234.5 or 1.234,5"};
    const bool has_comma = text.find(',') != std::string_view::npos;
    return Mistake{fmt::format("is not a finite number{}",
                               has_comma ? ": a comma stands before each group of three digits, as in 1,234.5, or once "
                                           "before the decimals, as in 1.234,5"
                                         : "")};
  }
  auto& written = std::get<WrittenNumber>(number);
  if (!written.behind.empty() || !std::isfinite(written.value)) return Mistake{"is not a finite number"};
  if (form && !has_whole_groups(text, *form)) {
    return Mistake{fmt::format("is not a number as in {}, where groups have three digits", to_string(*form))};
  }
  return std::move(written);
}

}  // namespace assay::interop
