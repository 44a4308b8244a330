#pragma once

#include <string>

#include "core/comparator.hpp"

namespace assay {

/// Something that can be said of a metric's value: "deploys >= 2".
struct MetricCondition {
  std::string metric;
  Comparator comparator = Comparator::at_least;
  double value = 0;  ///< in the metric's unit
  std::string text;  ///< as the user wrote it
  friend bool operator==(const MetricCondition&, const MetricCondition&) = default;
};

[[nodiscard]] inline bool holds(const MetricCondition& condition, double value) {
  return holds(value, condition.comparator, condition.value);
}

}  // namespace assay
