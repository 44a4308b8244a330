#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/condition.hpp"
#include "experiments/definition/reading/json_selector.hpp"

namespace assay::definition {

/// A place in the results.
struct PointedValue {
  std::string pointer;  ///< as it was written
  JsonSelector place;
};
/// A number, text in double quotes, true, false or null; as JSON writes it.
struct LiteralValue {
  std::string json;
};

/// A condition that a trial's results must meet. The grammar:
///
///     condition  = "json:" POINTER comparator value
///     comparator = " == " | " != " | " <= " | " >= " | " < " | " > "      (with the blanks)
///     value      = NUMBER | "TEXT" | true | false | null | "json:" POINTER
struct Condition {
  PointedValue left;
  Comparator comparator = Comparator::equal;
  std::variant<LiteralValue, PointedValue> right;
};

/// \throws Error that says what is missing and shows an example.
[[nodiscard]] Condition parse_condition(std::string_view text);

/// Why the results do not meet it, "/ok is false, not true"; nothing where they do. What is not there, or there more
/// than once, meets nothing; only two numbers or two texts can be more or less.
[[nodiscard]] std::optional<std::string> why_unmet(const Condition& condition, const nlohmann::json& results,
                                                   JsonRoot root = JsonRoot::value);

/// The RFC 6901 pointers of the values that the condition compares.
[[nodiscard]] std::vector<std::string> pointers_in(const Condition& condition, const nlohmann::json& results,
                                                   JsonRoot root);

}  // namespace assay::definition
