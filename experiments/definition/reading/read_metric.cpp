#include <array>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/reading/readers.hpp"

namespace assay::definition {
namespace {

/// A metric that every trial has comes with its unit and kind: only what may differ is read.
Metric read_built_in(const Field& table, const Metric& built_in) {
  if (const auto statistic = table.find("statistic")) {
    statistic->fail(
        fmt::format("{} is one value a trial, measured by assay itself: leave the statistic out", built_in.name));
  }
  for (const char* fixed : {"unit", "kind"}) {
    if (const auto field = table.find(fixed)) {
      field->fail(fmt::format(R"({} is measured by assay itself, with the unit "{}" and the kind "{}": leave it out)",
                              built_in.name, built_in.unit, to_string(built_in.kind)));
    }
  }
  return built_in;
}

bool is_duration(const MetricSource& source) {
  const auto* const span = std::get_if<SpanSource>(&source);
  return span != nullptr && span->figure == SpanFigure::duration;
}

/// Of values whose source brings it along.
std::string unit_of(const MetricSource& source) {
  if (std::holds_alternative<FileSizeSource>(source)) return "B";
  return is_duration(source) ? "s" : "";
}

Metric read_own(const Field& table, const Field& from) {
  Metric metric;
  metric.name = table.at("name").text();
  const std::optional<MetricSource> source = parse_metric_source(from.text());
  if (!source) {
    from.fail(
        fmt::format("expected json:/POINTER, regex:PATTERN, file-size:PATH, or spans:duration(NAME), "
                    "spans:count(NAME) or spans:overlap(NAME), not {}",
                    in_quotes(from.text())));
  }
  metric.source = *source;
  metric.unit = unit_of(*source);
  if (const auto unit = table.find("unit")) {
    if (is_duration(*source)) unit->fail("spans are measured in s: leave the unit out");
    metric.unit = unit->text();
  }
  if (const auto kind = table.find("kind")) metric.kind = kind->name_of<MetricKind>();
  if (const auto statistic = table.find("statistic")) {
    metric.statistic = statistic->name_of<TrialStatistic>();
    if (std::holds_alternative<FileSizeSource>(*source)) {
      statistic->fail("the size of a file is one value: a statistic is of the many that json: or regex: find");
    }
    if (std::holds_alternative<SpanSource>(*source) && !is_duration(*source)) {
      statistic->fail("a number of spans is one value: a statistic is of the many durations of spans:duration(NAME)");
    }
  }
  return metric;
}

Metric read_source(const Field& table) {
  const Field name = table.at("name");
  const Metric* built_in = find_built_in_metric(name.text());
  const std::optional<Field> from = table.find("from");
  if (built_in && from) {
    name.fail(fmt::format("{} is measured by assay itself: give what is read from {} another name", built_in->name,
                          in_quotes(from->text())));
  }
  if (built_in) return read_built_in(table, *built_in);
  if (from) return read_own(table, *from);
  name.fail(fmt::format("assay itself measures no {}: say where it is read from, for example from = \"json:/{}\"{}",
                        in_quotes(name.text()), printable(shortened(name.text())),
                        did_you_mean(shortened(name.text()), names_of(built_in_metrics()))));
}

}  // namespace

Metric observed_metric(const std::string& name, const MetricSource& source) {
  Metric metric;
  metric.name = name;
  metric.source = source;
  metric.unit = unit_of(source);
  metric.kind = MetricKind::difference;
  return metric;
}

Metric read_metric(const Field& table) {
  Metric metric = read_source(table);
  if (const auto role = table.find("role")) metric.role = role->name_of<MetricRole>();
  if (const auto direction = table.find("direction")) metric.direction = direction->name_of<Direction>();
  if (const auto margin = table.find("margin")) metric.margin = margin->percent();
  if (const auto workloads = table.find("workloads")) metric.workloads = workloads->texts();
  return metric;
}

}  // namespace assay::definition
