#include "core/metric.hpp"

#include <algorithm>

#include <fmt/format.h>

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
  std::string operator()(const SpanSource& source) const {
    return fmt::format("spans:{}({})", to_string(source.figure), source.name);
  }
};

/// "overlap(request)"
std::optional<MetricSource> parse_span_source(std::string_view text) {
  const std::size_t bracket = text.find('(');
  if (bracket == std::string_view::npos || !text.ends_with(')')) return std::nullopt;
  const std::optional<SpanFigure> figure = parse_enum<SpanFigure>(text.substr(0, bracket));
  const std::string_view name = text.substr(bracket + 1, text.size() - bracket - 2);
  if (!figure || name.empty()) return std::nullopt;
  return SpanSource{*figure, std::string(name)};
}

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

std::optional<MetricSource> parse_metric_source(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view prefix = text.substr(0, colon);
  const std::string rest(text.substr(colon + 1));
  if (prefix == "json") return JsonSource{rest};
  if (prefix == "regex") return RegexSource{rest};
  if (prefix == "file-size") return FileSizeSource{rest};
  if (prefix == "spans") return parse_span_source(rest);
  return std::nullopt;
}

}  // namespace assay
