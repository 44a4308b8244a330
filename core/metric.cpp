#include "core/metric.hpp"

#include <algorithm>

namespace assay {
namespace {

Metric built_in(std::string name, std::string unit, MetricKind kind = MetricKind::positive,
                Direction direction = Direction::lower) {
  Metric metric;
  metric.source = BuiltInSource{name};
  metric.name = std::move(name);
  metric.unit = std::move(unit);
  metric.kind = kind;
  metric.direction = direction;
  return metric;
}

struct SourceText {
  std::string operator()(const BuiltInSource& source) const { return source.name; }
  std::string operator()(const JsonSource& source) const { return "json:" + source.pointer; }
  std::string operator()(const RegexSource& source) const { return "regex:" + source.pattern; }
  std::string operator()(const FileSizeSource& source) const { return "file-size:" + source.path; }
};

}  // namespace

const std::vector<Metric>& built_in_metrics() {
  static const std::vector<Metric> metrics = {
      built_in("wall", "s"),
      built_in("user", "s", MetricKind::difference),
      built_in("system", "s", MetricKind::difference),
      built_in("cpu", "s", MetricKind::difference),
      built_in("cpu_utilisation", "CPUs", MetricKind::difference, Direction::higher),
      built_in("max_rss", "B"),
      built_in("memory_peak", "B"),
      built_in("minor_faults", "", MetricKind::difference),
      built_in("major_faults", "", MetricKind::difference),
      built_in("blocks_read", "", MetricKind::difference),
      built_in("blocks_written", "", MetricKind::difference),
      built_in("voluntary_switches", "", MetricKind::difference),
      built_in("involuntary_switches", "", MetricKind::difference),
  };
  return metrics;
}

const Metric* find_built_in_metric(std::string_view name) {
  const std::vector<Metric>& metrics = built_in_metrics();
  const auto found = std::find_if(metrics.begin(), metrics.end(), [&](const Metric& m) { return m.name == name; });
  return found == metrics.end() ? nullptr : &*found;
}

bool counts_steady_state(const Metric& metric) {
  return metric.statistic == TrialStatistic::steady_mean || metric.statistic == TrialStatistic::steady_median;
}

std::string to_string(const MetricSource& source) {
  return std::visit(SourceText{}, source);
}

}  // namespace assay
