#include <array>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

bool reads_text(const MetricSource& source) {
  return std::holds_alternative<JsonSource>(source) || std::holds_alternative<RegexSource>(source);
}

/// How and where json: and regex: look. Other sources may only state the default.
void read_text_options(const Field& table, Metric& metric) {
  constexpr std::string_view kOnlyText = "only json: and regex: read a text: leave it out";
  if (const auto digits = table.find("digits")) {
    if (!reads_text(metric.source)) digits->fail(std::string(kOnlyText));
    metric.digits = digits->name_of<NumberForm>();
  }
  if (const auto stream = table.find("stream")) {
    metric.stream = stream->name_of<MetricStream>();
    if (!reads_text(metric.source) && metric.stream != Metric{}.stream) stream->fail(std::string(kOnlyText));
  }
}

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
  Metric metric = built_in;
  read_text_options(table, metric);
  return metric;
}

bool is_duration(const MetricSource& source) {
  const auto* const span = std::get_if<SpanSource>(&source);
  return span != nullptr && span->figure == SpanFigure::duration;
}

/// The unit of values whose source says it.
std::string unit_of(const MetricSource& source) {
  if (std::holds_alternative<FileSizeSource>(source)) return "B";
  return is_duration(source) ? "s" : "";
}

/// How often a test passes is a share, and more is better, whatever a file says.
void require_share_of_test(const Field& table, Metric& metric) {
  const auto kind = table.find("kind");
  if (kind && metric.kind != MetricKind::proportion)
    kind->fail("how often a test passes is a proportion: leave the kind out");
  metric.kind = MetricKind::proportion;
  const auto direction = table.find("direction");
  if (direction && direction->name_of<Direction>() != Direction::higher)
    direction->fail("a test that passes more often is better: leave the direction out");
  metric.direction = Direction::higher;
}

Metric read_own(const Field& table, const Field& from) {
  Metric metric;
  metric.name = table.at("name").text();
  const std::optional<MetricSource> source = parse_metric_source(from.text());
  if (!source) {
    from.fail(
        fmt::format("expected json:/POINTER, regex:PATTERN, file-size:PATH, test:NAME, or spans:duration(NAME), "
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
  if (std::holds_alternative<TestSource>(*source)) require_share_of_test(table, metric);
  read_text_options(table, metric);
  if (const auto statistic = table.find("statistic")) {
    metric.statistic = statistic->name_of<TrialStatistic>();
    if (std::holds_alternative<FileSizeSource>(*source)) {
      statistic->fail("the size of a file is one value: a statistic is of the many that json: or regex: find");
    }
    if (std::holds_alternative<TestSource>(*source)) {
      statistic->fail("the share of a test's runs that passed is one value: leave the statistic out");
    }
    if (std::holds_alternative<SpanSource>(*source) && !is_duration(*source)) {
      statistic->fail("a number of spans is one value: a statistic is of the many durations of spans:duration(NAME)");
    }
  }
  return metric;
}

Shape source() {
  return shape::text(
             "where the metric is read from: json:/POINTER, regex:PATTERN, file-size:PATH, test:NAME or "
             "spans:FIGURE(NAME)")
      .such_as(R"("json:/requests_per_second")");
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

/// What it is called, and what it is for.
void add_role_keys(Table<Metric>& table) {
  table
      .key_read_later({.name = "name",
                       .shape = shape::name().such_as(R"("wall")"),
                       .meaning = "one that every trial has (below), or your own with `from`",
                       .need = Need::required})
      .key<&Metric::role>({"role", shape::name_of<MetricRole>("what the metric is for"),
                           "the primary decides, and there is exactly one; a guard must not get worse by its "
                           "margin; a control is a metric that the change cannot touch, and if it moves by more than "
                           "its margin either way, the result is `invalid: confounded`; an observed metric is "
                           "shown and decides nothing"});
}

/// Where its values are read from, and in which unit.
void add_metric_source_keys(Table<Metric>& table) {
  table
      .key_read_later(
          {"from", source(),
           "`json:/PLACE`: a number at a place in the JSON of the results ([below](#places-in-json)); "
           "`regex:PATTERN`: the first group of a "
           "regular "
           "expression ([RE2](https://github.com/google/re2/wiki/Syntax): without look-around and references to "
           "groups, so that no search takes for ever), in the first line that it matches; `file-size:PATH`: the "
           "size of a file that the trial wrote; `spans:duration(NAME)`, `spans:count(NAME)`, "
           "`spans:overlap(NAME)`: the seconds that the spans of that name last together, their number, and the "
           "greatest number that were open at once "
           "([spans.md](spans.md)); `test:NAME`: the share of the runs of a test that passed, in the report of a "
           "test-inventory check (`*` and `?` match any characters; a proportion, and more is better)"})
      .key_read_later({"unit", shape::text("a unit").such_as(R"("s")"),
                       "the unit of the values; a number that brings another unit of time or size is converted "
                       "([below](#numbers))",
                       "none; `\"B\"` for `file-size:`, `\"s\"` for `spans:duration`"});
}

/// What its values are, and how they are written.
void add_value_keys(Table<Metric>& table) {
  table
      .key_read_later({.name = "kind",
                       .shape = shape::name_of<MetricKind>("how values are compared"),
                       .meaning = "how values are compared: by ratio (values above 0); by difference (any value); "
                                  "as a share from 0 to 1, or a yes or no (1 or 0, `true` or `false`); exactly and "
                                  "without a test, if every trial of an arm gives the same: a count, a size "
                                  "([verdict.md](../methods/verdict.md) says what happens if it varies)",
                       .default_json = FileValue<MetricKind>::json(Metric{}.kind)})
      .key_read_later(
          {"statistic", shape::name_of<TrialStatistic>("what makes one value of the many that a trial reports"),
           "makes one value of the many that a trial reports: of the list of numbers that `json:` points at, of "
           "every line that `regex:` matches, or of the durations of spans. A trial is one value, however many "
           "requests it made. Quantiles are of type 7 of Hyndman and Fan (1996), as in NumPy and R: linear between "
           "neighbours, so that p99 of fewer than 100 values lies close to the largest. The last two take the "
           "values for iterations in their order and count only those of the steady state "
           "([steady-state](../methods/steady-state.md))",
           "a trial reports one value"})
      .key_read_later({.name = "digits",
                       .shape = shape::name_of<NumberForm>("how numbers are written, shown for 1234.5"),
                       .meaning = "how `json:` and `regex:` find numbers written, shown for 1234.5",
                       .otherwise = "any form that can be read in one way only"})
      .key_read_later({.name = "stream",
                       .shape = shape::name_of<MetricStream>("the text in which json: and regex: look"),
                       .meaning = "the text in which `json:` and `regex:` look: `results`, or else standard output; "
                                  "or standard error",
                       .default_json = FileValue<MetricStream>::json(Metric{}.stream)});
}

/// What a change of it means.
void add_comparison_keys(Table<Metric>& table) {
  table
      .key_read_later({.name = "when_unavailable",
                       .shape = shape::name_of<WhenUnavailable>("what to do with a guard that cannot be measured here"),
                       .meaning =
                           "for a guard that assay measures itself, such as `memory_peak` of short trials: `refuse` "
                           "starts nothing if the warm-ups show that it cannot be measured, `observe` goes on without "
                           "it, and the result says so. If only a later trial shows it, the guard stays open",
                       .default_json = FileValue<WhenUnavailable>::json(Metric{}.when_unavailable)})
      .key<&Metric::direction>(
          {"direction", shape::name_of<Direction>("which values are better"), "which values are better"})
      .key<&Metric::margin>({"margin", shape::percent(),
                             "the smallest change worth acting on, above 0, in percent of control (points for a "
                             "proportion); required for the primary, guards and controls, an error for an observed "
                             "metric. A "
                             "guard that is a proportion may have none: then it only vetoes "
                             "([guards.md](../methods/guards.md))"})
      .key<&Metric::workloads>({"workloads", shape::workload_names(), "only in these; never for the primary", "all"});
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

template <>
const TableDescription& table_of<Metric>() {
  static const TableDescription description = [] {
    Table<Metric> table({.definition = "metric", .title = "a table [[metric]] with name and role"});
    add_role_keys(table);
    add_metric_source_keys(table);
    add_value_keys(table);
    add_comparison_keys(table);
    return TableDescription(table);
  }();
  return description;
}

Metric read_metric(const Field& table) {
  Metric metric = read_source(table);
  read_table(table_of<Metric>(), table, &metric);
  if (const auto unavailable = table.find("when_unavailable")) {
    const bool is_guard = metric.role == MetricRole::guard && std::holds_alternative<BuiltInSource>(metric.source);
    metric.when_unavailable = unavailable->name_of<WhenUnavailable>();
    if (!is_guard && metric.when_unavailable != Metric{}.when_unavailable) {
      unavailable->fail("only a guard that assay measures itself can be unavailable: leave it out");
    }
  }
  return metric;
}

}  // namespace assay::definition
