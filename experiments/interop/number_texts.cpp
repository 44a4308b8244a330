#include "experiments/interop/number_texts.hpp"

#include <cmath>

#include <fmt/format.h>

namespace assay::interop {

std::variant<WrittenNumber, UnreadableNumber> read_number_text(std::string_view text, std::optional<NumberForm> form) {
  auto number = read_written_number(text, form);
  if (const auto* const none = std::get_if<NoNumber>(&number)) {
    if (*none == NoNumber::is_ambiguous)
      return UnreadableNumber{"can be read in two ways: say which digits are meant, 1,234.5 or 1.234,5"};
    if (*none == NoNumber::is_misgrouped) {
      return UnreadableNumber{
          fmt::format("is not a number as in {}, where groups have three digits", to_string(*form))};
    }
    const bool has_comma = text.find(',') != std::string_view::npos;
    return UnreadableNumber{fmt::format(
        "is not a finite number{}", has_comma
                                        ? ": a comma stands before each group of three digits, as in 1,234.5, or once "
                                          "before the decimals, as in 1.234,5"
                                        : "")};
  }
  auto& written = std::get<WrittenNumber>(number);
  if (!written.behind.empty() || !std::isfinite(written.value)) return UnreadableNumber{"is not a finite number"};
  return std::move(written);
}

}  // namespace assay::interop
