#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/text/written_number.hpp"

namespace assay::interop {

/// Why a text is no number that can be compared, in words that follow the text: "is not a finite number".
struct UnreadableNumber {
  std::string text;
};

/// Reads a text that is one finite number and nothing else, written as the form says or, without one, in a way that can
/// be read as one number only. A group mark is accepted only before three digits.
[[nodiscard]] std::variant<WrittenNumber, UnreadableNumber> read_number_text(std::string_view text,
                                                                             std::optional<NumberForm> form);

}  // namespace assay::interop
