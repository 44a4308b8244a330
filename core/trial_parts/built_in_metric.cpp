#include "core/trial_parts/built_in_metric.hpp"

namespace assay {

bool measures(const Metric& metric, BuiltInMetric which) {
  const auto* const source = std::get_if<BuiltInSource>(&metric.source);
  return source != nullptr && source->name == to_string(which);
}

}  // namespace assay
