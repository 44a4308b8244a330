#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

// Parts of regular expressions for figures in `plain_text`. Each has as many groups as its comment says.

/// A number as people write it; no group.
inline constexpr std::string_view kNumberPattern = "[0-9]+(?:[.,'_][0-9]+)*";
/// "4", "4-5", "~11-12"; groups: both ends, the second may be empty.
[[nodiscard]] std::string range_pattern();
/// A range with a unit, or several numbers as in "5m 36s" and "1h30m"; groups: those numbers with their units, both
/// ends of the range, its unit.
[[nodiscard]] std::string value_pattern();
/// The same or a duration as clocks show it: "9:42", "00:02:49.293".
[[nodiscard]] std::string clock_value_pattern();
/// The same, where the unit may be missing or be one that options do not know, such as "ops/s".
[[nodiscard]] std::string loose_value_pattern();
/// How many groups each of the three has.
inline constexpr std::size_t kValueGroups = 4;

/// Rates that are counted per second, as a regular expression without groups: "RPS", "req/s", "frames per second".
inline constexpr std::string_view kRateUnits =
    "(?:fps|[rqt]ps|iops|[kmgt]bps|[a-zA-Z]+/s(?:ec)?|[a-zA-Z]+ per second)\\b";

/// The number that is written so; "7,845" counts as grouped, "4,5" as a decimal comma. std::nullopt if it is no number.
[[nodiscard]] std::optional<double> written_number(std::string_view text);
/// \param high  empty: the same as `low`
[[nodiscard]] std::optional<Quantity> range_of(std::string_view low, std::string_view high);

/// What the groups of a value's pattern matched.
struct ValueGroups {
  std::string_view span = {};  ///< "5m 36s" or "9:42"; empty: there is a range
  std::string_view low = {};
  std::string_view high = {};
  std::string_view unit = {};
};
[[nodiscard]] std::optional<Quantity> value_of(const ValueGroups& groups);
/// "25M" of memory as "25MB"; others as they are.
[[nodiscard]] ValueGroups as_size(const ValueGroups& groups);
/// "293 B"; groups as those of a value. "7B" elsewhere is a number of something.
[[nodiscard]] std::string signed_bytes_pattern();

/// What a value measures: values of one name can be compared.
struct Dimension {
  std::string name = {};  ///< "time", "size", "%", "$", "A", or any other unit as it was written; empty: no unit
  double factor = 1;      ///< of its unit: of "mA", 0.001
};
[[nodiscard]] Dimension dimension_of(const ValueGroups& groups);

/// Two values that can be compared, in one unit.
struct TwoValues {
  Quantity before = {};
  Quantity after = {};
  bool has_unit = false;  ///< at least one of both was written with a unit or a sign of money
};
/// std::nullopt if one of them is none, or they measure different things. Where only one has a unit, both have it.
[[nodiscard]] std::optional<TwoValues> two_values(const ValueGroups& earlier, const ValueGroups& later);

/// The only number of a cell or of a line, in the unit that it has: "12.5 s", "1,200". std::nullopt if there are more.
[[nodiscard]] std::optional<Quantity> figure_in(std::string_view text);
/// Whether the text has a duration as clocks show it, which may be a time of day as well.
[[nodiscard]] bool has_clock(std::string_view text);

/// Both in the unit of the first, if they have units of one dimension; std::nullopt otherwise.
[[nodiscard]] std::optional<Quantity> converted(const Quantity& quantity, std::string_view unit);

}  // namespace assay::adversary
