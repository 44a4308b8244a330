#include "core/metric.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/trial.hpp"

namespace assay {
namespace {

/// A metric that assay measures itself.
struct BuiltIn {
  std::string_view name;
  std::string_view unit;
  MetricKind kind;
  Direction direction;
  std::optional<double> (*value)(const Usage& usage);
  Absence absence = {.why = "this machine does not report it", .instead = ""};
};

double seconds(nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

double real(std::int64_t count) {
  return static_cast<double>(count);
}

double cpu_seconds(const Usage& usage) {
  return seconds(usage.user) + seconds(usage.system);
}

std::optional<double> cpu_utilisation(const Usage& usage) {
  if (usage.wall <= nanoseconds{0}) return std::nullopt;
  return cpu_seconds(usage) / seconds(usage.wall);
}

std::optional<double> memory_peak(const Usage& usage) {
  if (!usage.memory_peak) return std::nullopt;
  return real(usage.memory_peak->count);
}

std::optional<double> disk_growth(const Usage& usage) {
  if (!usage.disk_growth) return std::nullopt;
  return real(usage.disk_growth->count);
}

using MetricValue = std::optional<double>;

MetricValue real(const std::optional<std::int64_t>& count) {
  return count ? MetricValue(real(*count)) : std::nullopt;
}

/// A trial says itself why it has no hardware counter; this is for where nobody knows the trial.
constexpr Absence kNotCounted = {.why = "the kernel gives no such counter here", .instead = "guard cpu instead"};

constexpr auto kPositive = MetricKind::positive;
constexpr auto kDifference = MetricKind::difference;
constexpr auto kLower = Direction::lower;
constexpr auto kHigher = Direction::higher;

/// The table of built-in metrics. Files and plans hold the names, so they never change.
constexpr std::array kBuiltIns = {
    BuiltIn{"wall", "s", kPositive, kLower, [](const Usage& u) -> MetricValue { return seconds(u.wall); }},
    BuiltIn{"user", "s", kDifference, kLower, [](const Usage& u) -> MetricValue { return seconds(u.user); }},
    BuiltIn{"system", "s", kDifference, kLower, [](const Usage& u) -> MetricValue { return seconds(u.system); }},
    BuiltIn{"cpu", "s", kDifference, kLower, [](const Usage& u) -> MetricValue { return cpu_seconds(u); }},
    BuiltIn{"cpu_utilisation", "CPUs", kDifference, kHigher, cpu_utilisation},
    BuiltIn{"max_rss", "B", kPositive, kLower, [](const Usage& u) -> MetricValue { return real(u.max_rss.count); }},
    BuiltIn{
        "memory_peak",
        "B",
        kPositive,
        kLower,
        memory_peak,
        {.why = "this machine does not report it",
         .instead = "without a control group that assay may create, memory is sampled, in longer trials only; guard "
                    "max_rss instead"}},
    BuiltIn{"disk_growth",
            "B",
            kDifference,
            kLower,
            disk_growth,
            {.why = "its growth is shared with others that wrote to the disks meanwhile",
             .instead = "other processes or other hosts write to the same disks; measure where nothing else writes"}},
    BuiltIn{"minor_faults", "", kDifference, kLower,
            [](const Usage& u) -> MetricValue { return real(u.minor_faults); }},
    BuiltIn{"major_faults", "", kDifference, kLower,
            [](const Usage& u) -> MetricValue { return real(u.major_faults); }},
    BuiltIn{"blocks_read", "", kDifference, kLower, [](const Usage& u) -> MetricValue { return real(u.blocks_read); }},
    BuiltIn{"blocks_written", "", kDifference, kLower,
            [](const Usage& u) -> MetricValue { return real(u.blocks_written); }},
    BuiltIn{"voluntary_switches", "", kDifference, kLower,
            [](const Usage& u) -> MetricValue { return real(u.voluntary_switches); }},
    BuiltIn{"involuntary_switches", "", kDifference, kLower,
            [](const Usage& u) -> MetricValue { return real(u.involuntary_switches); }},
    BuiltIn{"instructions", "", kPositive, kLower, [](const Usage& u) -> MetricValue { return real(u.instructions); },
            kNotCounted},
    BuiltIn{"cycles", "", kPositive, kLower, [](const Usage& u) -> MetricValue { return real(u.cycles); }, kNotCounted},
    BuiltIn{"branch_misses", "", kDifference, kLower,
            [](const Usage& u) -> MetricValue { return real(u.branch_misses); }, kNotCounted},
    BuiltIn{"cache_misses", "", kDifference, kLower, [](const Usage& u) -> MetricValue { return real(u.cache_misses); },
            kNotCounted},
};

const BuiltIn& built_in(std::string_view name) {
  const auto* const found =
      std::find_if(kBuiltIns.begin(), kBuiltIns.end(), [&](const BuiltIn& one) { return one.name == name; });
  ASSAY_ASSERT(found != kBuiltIns.end());
  return *found;
}

Metric metric_of(const BuiltIn& built_in) {
  Metric metric;
  metric.name = built_in.name;
  metric.source = BuiltInSource{metric.name};
  metric.unit = built_in.unit;
  metric.kind = built_in.kind;
  metric.direction = built_in.direction;
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
  std::string operator()(const TestSource& source) const { return "test:" + source.pattern; }
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
  static const std::vector<Metric> metrics = [] {
    std::vector<Metric> all;
    for (const BuiltIn& built_in : kBuiltIns) all.push_back(metric_of(built_in));
    return all;
  }();
  return metrics;
}

std::optional<double> built_in_value(std::string_view name, const Usage& usage) {
  return built_in(name).value(usage);
}

Absence absence_of(std::string_view name) {
  return built_in(name).absence;
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
  if (prefix == "test") return TestSource{rest};
  return std::nullopt;
}

}  // namespace assay
