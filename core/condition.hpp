#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/assert.hpp"
#include "core/enum_names.hpp"

namespace assay {

/// How two values are compared by a condition.
enum class Comparator { less, at_most, more, at_least, equal, unequal };

template <>
struct EnumNames<Comparator> {
  static constexpr std::array<std::string_view, 6> values = {"<", "<=", ">", ">=", "==", "!="};
};

/// Whether the comparison of two values of one type is true. For types without an order, use only `equal` and
/// `unequal`.
template <class Value>
[[nodiscard]] bool holds(const Value& left, Comparator comparator, const Value& right) {
  switch (comparator) {
    case Comparator::less:
      return left < right;
    case Comparator::at_most:
      return left <= right;
    case Comparator::more:
      return left > right;
    case Comparator::at_least:
      return left >= right;
    case Comparator::equal:
      return left == right;
    case Comparator::unequal:
      return left != right;
  }
  ASSAY_ASSERT(false);
  return false;
}

/// A condition on the value of a metric: "deploys >= 2".
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
