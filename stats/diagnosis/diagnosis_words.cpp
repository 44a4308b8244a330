#include "stats/diagnosis/diagnosis_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/result/effect.hpp"
#include "core/units.hpp"

namespace assay::stats {

std::string change_words(const BlockSeries& series, double effect) {
  if (!std::isfinite(effect)) return "unbounded";
  if (series.kind == MetricKind::positive) return format_change(percent_of_log_ratio(effect));
  return fmt::format("{}{}", effect < 0 ? '-' : '+', size_words(series, std::abs(effect)));
}

std::string size_words(const BlockSeries& series, double size) {
  switch (series.kind) {
    case MetricKind::positive:
      return fmt::format("{:.2g} %", percent_of_log_ratio(size));
    case MetricKind::proportion:
      return fmt::format("{:.2g} points", 100 * size);
    case MetricKind::difference:
    case MetricKind::deterministic:
      break;
  }
  return format_quantity(size, series.unit);
}

std::string value_words(const BlockSeries& series, double value) {
  if (series.kind == MetricKind::positive) return format_quantity(std::exp(value), series.unit);
  if (series.kind == MetricKind::proportion) return fmt::format("{:.3g} %", 100 * value);
  return format_quantity(value, series.unit);
}

}  // namespace assay::stats
