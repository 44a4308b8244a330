#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace assay {

/// The figure of an arm's measured trials that a target limits.
enum class Statistic { median, mean, minimum, maximum, lower_quartile, upper_quartile };

/// The side of the limit on which the figure must be. The limit itself is allowed.
enum class Bound { at_most, at_least };

/// A limit that a metric must keep in one cell: "median wall of custom-html (warm): at most 90 s".
struct Target {
  std::string workload;
  std::string state;
  std::string metric;
  Statistic statistic = Statistic::median;
  Bound bound = Bound::at_most;
  double limit = 0;
  std::string unit;                 ///< the metric's unit, which is also that of the limit
  std::vector<double> stages = {};  ///< limits on the way, each tighter than the one before and looser than `limit`;
                                    ///< they never replace it
  std::string best_effort = {};     ///< why nothing depends on it; empty: it is to be met
  std::string attribution = {};     ///< SHA-256 of the record whose phases it was derived from; empty: of none. In a
                                    ///< `Definition` the name that the file gives, such as "0003"
  friend bool operator==(const Target&, const Target&) = default;
};

/// "custom-html/warm/wall/median": the name that people use. Two targets with the same name and bound are the same
/// target, whatever their limits.
[[nodiscard]] std::string target_name(const Target& target);
[[nodiscard]] bool is_same_target(const Target& left, const Target& right);
/// Whether a limit asks for less than another one on the same side.
[[nodiscard]] bool is_looser(Bound bound, double limit, double than);
/// Whether a figure is on the right side of the limit.
[[nodiscard]] bool keeps(Bound bound, double limit, double figure);

/// "at most 90 s"
[[nodiscard]] std::string limit_text(const Target& target, double limit);
/// Reads a limit in the target's unit: a time for "s", a size for "B", else a number or a share such as "97%".
/// \throws Error that shows the text and what is accepted.
[[nodiscard]] double parse_limit(std::string_view text, std::string_view unit);

template <>
struct EnumNames<Statistic> {
  static constexpr std::array<std::string_view, 6> values = {"median",  "mean",           "minimum",
                                                             "maximum", "lower-quartile", "upper-quartile"};
};

template <>
struct EnumNames<Bound> {
  static constexpr std::array<std::string_view, 2> values = {"at-most", "at-least"};
};

}  // namespace assay
