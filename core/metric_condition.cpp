#include "core/metric_condition.hpp"

#include "core/assert.hpp"

namespace assay {

bool holds(const MetricCondition& condition, double value) {
  switch (condition.comparator) {
    case Comparator::less:
      return value < condition.value;
    case Comparator::at_most:
      return value <= condition.value;
    case Comparator::more:
      return value > condition.value;
    case Comparator::at_least:
      return value >= condition.value;
    case Comparator::equal:
      return value == condition.value;
    case Comparator::unequal:
      return value != condition.value;
  }
  ASSAY_ASSERT(false);
  return false;
}

}  // namespace assay
