#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/metric.hpp"
#include "core/target.hpp"

namespace assay {

/// Treatment is better than control by at least this factor: control's value over treatment's if lower values are
/// better, treatment's over control's if higher ones are.
struct ClaimedRatio {
  static constexpr std::string_view kName = "ratio";
  double ratio = 0;  ///< above 1
  friend bool operator==(const ClaimedRatio&, const ClaimedRatio&) = default;
};

/// A figure of treatment's trials keeps a limit, whatever control does.
struct ClaimedLimit {
  static constexpr std::string_view kName = "limit";
  Statistic statistic = Statistic::median;
  Bound bound = Bound::at_most;
  double limit = 0;  ///< in the metric's unit
  friend bool operator==(const ClaimedLimit&, const ClaimedLimit&) = default;
};

/// Treatment succeeds in this share of its trials.
struct ClaimedRate {
  static constexpr std::string_view kName = "rate";
  double rate = 0;              ///< 0 to 1
  std::optional<double> floor;  ///< what a challenge has to show; std::nullopt: the rate itself
  friend bool operator==(const ClaimedRate&, const ClaimedRate&) = default;
};

/// Treatment is not worse than control by more than the margin.
struct ClaimedNotWorse {
  static constexpr std::string_view kName = "not-worse";
  double margin_percent = 0;  ///< above 0
  friend bool operator==(const ClaimedNotWorse&, const ClaimedNotWorse&) = default;
};

/// The revision passes every check.
struct ClaimedCorrectness {
  static constexpr std::string_view kName = "correct";
  friend bool operator==(const ClaimedCorrectness&, const ClaimedCorrectness&) = default;
};

using ClaimedEffect = std::variant<ClaimedRatio, ClaimedLimit, ClaimedRate, ClaimedNotWorse, ClaimedCorrectness>;

/// The metric that a claim is about.
struct ClaimedMetric {
  std::string name;  ///< empty: the outcome of a trial
  std::string unit;
  Direction direction = Direction::lower;
  friend bool operator==(const ClaimedMetric&, const ClaimedMetric&) = default;
};

}  // namespace assay
