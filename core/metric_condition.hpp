#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

enum class Comparator { less, at_most, more, at_least, equal, unequal };

/// Something that can be said of a metric's value: "deploys >= 2".
struct MetricCondition {
  std::string metric;
  Comparator comparator = Comparator::at_least;
  double value = 0;  ///< in the metric's unit
  std::string text;  ///< as the user wrote it
  friend bool operator==(const MetricCondition&, const MetricCondition&) = default;
};

[[nodiscard]] bool holds(const MetricCondition& condition, double value);

template <>
struct EnumNames<Comparator> {
  static constexpr std::array<std::string_view, 6> values = {"<", "<=", ">", ">=", "==", "!="};
};

}  // namespace assay
