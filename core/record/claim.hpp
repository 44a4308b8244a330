#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/metric.hpp"
#include "core/plan.hpp"
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

/// An effect that somebody states, to be measured again by somebody else.
struct Claim {
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;
  std::string revision;  ///< commit of the repository that holds the experiment; empty if there is none
  std::string workload;
  std::string state;
  std::string control;    ///< label of the arm
  std::string treatment;  ///< label of the arm
  ClaimedMetric metric;
  ClaimedEffect effect;
  std::string said;          ///< as the claimant put it: "-30%"; empty if the figure is a record's
  std::string deadline;      ///< "2026-03-01": to be confirmed by then; empty if no day was set
  std::string record;        ///< SHA-256 of the record that it rests on; empty if nothing was measured before
  std::optional<Plan> plan;  ///< what it is to be measured by, if there is no record
  friend bool operator==(const Claim&, const Claim&) = default;
};

/// A claim is not upheld any more.
struct Withdrawal {
  std::string claim;  ///< SHA-256 of its record
  std::string text;   ///< what was claimed, in one line
  std::string reason;
  friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

}  // namespace assay
