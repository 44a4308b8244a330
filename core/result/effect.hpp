#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/interval.hpp"

namespace assay {

/// The values of one metric in the measured trials of one arm, in the metric's unit.
struct ArmSummary {
  int count = 0;   ///< measured trials; if there are none, the figures below are 0
  int failed = 0;  ///< trials with any other outcome
  double median = 0;
  double mad = 0;  ///< median absolute deviation from the median, unscaled
  double mean = 0;
  double standard_deviation = 0;  ///< 0 below two trials
  double minimum = 0;
  double lower_quartile = 0;
  double upper_quartile = 0;
  double maximum = 0;
  friend bool operator==(const ArmSummary&, const ArmSummary&) = default;
};

/// How an effect was estimated.
enum class Estimator {
  hodges_lehmann,       ///< the median of all pairwise averages of the blocks' effects
  share_difference,     ///< the difference of the shares of failures, for a yes or no per trial
  difference_of_means,  ///< for a costly design
  exact,                ///< each arm gave one and the same value in every trial
};

/// How a treatment differs from control: the log-ratio for a positive metric, treatment - control for the other kinds.
/// Infinite if failed trials leave no bound.
struct Effect {
  double estimate = 0;
  Interval interval;      ///< simultaneous over all looks
  double confidence = 0;  ///< of the interval: 0.95
  Estimator estimator = Estimator::hodges_lehmann;
  std::optional<double> p;  ///< sequential, two-sided; never 0
  bool p_is_bound = false;  ///< p is at most this: the test at this level has crossed its boundary
  friend bool operator==(const Effect&, const Effect&) = default;
};

/// The interval that shows equivalence; its confidence is 1 - 2 alpha_eq.
struct EquivalenceInterval {
  Interval interval;
  double confidence = 0;
  friend bool operator==(const EquivalenceInterval&, const EquivalenceInterval&) = default;
};

/// 100 (e^x - 1): the change in percent that a log-ratio means.
[[nodiscard]] double percent_of_log_ratio(double log_ratio);

template <>
struct EnumNames<Estimator> {
  static constexpr std::array<std::string_view, 4> values = {"hodges-lehmann", "share-difference",
                                                             "difference-of-means", "exact"};
};

}  // namespace assay
