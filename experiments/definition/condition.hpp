#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <nlohmann/json_fwd.hpp>

#include "core/enum_names.hpp"

namespace assay::experiments {

enum class Relation { equal, not_equal, at_most, at_least, below, above };

/// A place in the results.
struct PointedValue {
  std::string pointer;  ///< RFC 6901
};
/// A number, text in double quotes, true, false or null; as JSON writes it.
struct LiteralValue {
  std::string json;
};

/// A condition that a trial's results must meet. The grammar:
///
///     condition = "json:" POINTER relation value
///     relation  = " == " | " != " | " <= " | " >= " | " < " | " > "      (with the blanks)
///     value     = NUMBER | "TEXT" | true | false | null | "json:" POINTER
struct Condition {
  PointedValue left;
  Relation relation = Relation::equal;
  std::variant<LiteralValue, PointedValue> right;
};

/// \throws Error that says what is missing and shows an example.
[[nodiscard]] Condition parse_condition(std::string_view text);

/// Why the results do not meet it, "/ok is false, not true"; nothing where they do. What is not there meets nothing;
/// only two numbers or two texts can be more or less.
[[nodiscard]] std::optional<std::string> why_unmet(const Condition& condition, const nlohmann::json& results);

}  // namespace assay::experiments

namespace assay {

template <>
struct EnumNames<experiments::Relation> {
  static constexpr std::array<std::string_view, 6> values = {"==", "!=", "<=", ">=", "<", ">"};
};

}  // namespace assay
