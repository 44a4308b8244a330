#pragma once

#include <array>
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

/// Whether the comparison of two values of one type is true. What no order is defined for asks for `equal` and
/// `unequal` alone.
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

}  // namespace assay
