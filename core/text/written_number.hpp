#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/enum_names.hpp"

namespace assay {

/// How a program writes the digits of a number. The names show 1234.5 in each form.
enum class NumberForm { comma_point, point_comma, blank_comma, blank_point, apostrophe_point, underscore_point };

/// A number at the front of a text.
struct WrittenNumber {
  double value = 0;
  std::string digits;  ///< as C writes the number
  std::string behind;  ///< what follows it, without blanks around
};

/// Why a text starts with no number.
enum class NoNumber {
  is_none,
  is_ambiguous,   ///< "7,845" may be 7845 or 7.845
  is_misgrouped,  ///< "1,5" in the form 1,234.5: its groups have three digits
};

/// Reads a number as people and tools write it: "12.5", "-3e-4", "18,794.12", "1 234,5 ms". Digits may be grouped as
/// the form says or, without one, in any way that can be read as one number only. A form does not need every mark, but
/// its groups have three digits, and none is behind the decimal mark.
[[nodiscard]] std::variant<WrittenNumber, NoNumber> read_written_number(std::string_view text,
                                                                        std::optional<NumberForm> form);

/// True unless the number is whole and too large for its value to be exact: not every whole number above 2^53 is a
/// double.
[[nodiscard]] bool is_exact(const WrittenNumber& number);

/// The form that a number shows by its marks; empty for one with no group or comma, or that is ambiguous or none.
[[nodiscard]] std::optional<NumberForm> form_of_number(std::string_view text);

template <>
struct EnumNames<NumberForm> {
  static constexpr std::array<std::string_view, 6> values = {"1,234.5", "1.234,5", "1 234,5",
                                                             "1 234.5", "1'234.5", "1_234.5"};
};

}  // namespace assay
