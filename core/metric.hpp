#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
#include "core/text/written_number.hpp"
#include "core/units.hpp"

namespace assay {

struct Usage;

enum class Direction { lower, higher };  ///< which values are better

enum class MetricKind {
  positive,       ///< compared as log-ratio of treatment to control; values above 0
  difference,     ///< compared as treatment - control; any value
  proportion,     ///< a fraction from 0 to 1, or a yes or no, 1 or 0
  deterministic,  ///< the same in every trial of an arm (a count, a size); compared exactly, without a test
};

/// Reduces the many values that a trial reports (one for each request, say) to one value. Quantiles are of type 7 of
/// Hyndman and Fan, as in NumPy and R. The steady statistics use only the iterations in the steady state
/// (docs/methods/steady-state.md).
enum class TrialStatistic { min, mean, median, p90, p95, p99, p99_9, max, steady_mean, steady_median };

/// The text in which json: and regex: look.
enum class MetricStream {
  results,         ///< the results file, or else standard output
  standard_error,  ///< what the trial wrote to standard error
};

/// What to do with a guard that this machine cannot measure, or not in trials as short as these.
enum class WhenUnavailable {
  refuse,   ///< start nothing
  observe,  ///< go on without it, and say so
};

enum class MetricRole {
  primary,   ///< decides the verdict; exactly one
  guard,     ///< must not get worse by more than its margin
  observed,  ///< only shown with its interval; exploratory
  control,   ///< the change cannot touch it: if it moves by more than its margin, something else differs, too
};

/// A value that the launcher captures with every trial: wall, user, system, cpu, cpu_utilisation, max_rss, memory_peak,
/// disk_growth, ..., and instructions, cycles, branch_misses and cache_misses if a metric asks for them.
struct BuiltInSource {
  std::string name;
  friend bool operator==(const BuiltInSource&, const BuiltInSource&) = default;
};
/// A number at a place in the JSON of the workload's results file or its standard output: `json:/ok`. A place is a JSON
/// pointer whose steps may also choose elements of a list: `json:/benchmarks/name=parse/real_time`.
struct JsonSource {
  std::string pointer;
  friend bool operator==(const JsonSource&, const JsonSource&) = default;
};
/// The first capture group of an ECMAScript expression in the results file or standard output: `regex:took (\d+) ms`.
struct RegexSource {
  std::string pattern;
  friend bool operator==(const RegexSource&, const RegexSource&) = default;
};
/// The size in bytes of a file that the trial wrote: `file-size:out/app`.
struct FileSizeSource {
  std::string path;
  friend bool operator==(const FileSizeSource&, const FileSizeSource&) = default;
};
/// A figure of the spans with one name that the trial reports (docs/formats/spans.md): `spans:overlap(request)`.
enum class SpanFigure {
  duration,  ///< their sum in seconds, or a statistic of them
  count,
  overlap,  ///< the largest number of them that were open at once
};
struct SpanSource {
  SpanFigure figure = SpanFigure::duration;
  std::string name;
  friend bool operator==(const SpanSource&, const SpanSource&) = default;
};
/// The share of the runs of a test that passed, in the report of a test-inventory check: `test:suite > saves`. A run
/// that passed only when it was repeated counts as one that failed.
struct TestSource {
  std::string pattern;  ///< of names, with or without their suites; `*` and `?` match any characters
  friend bool operator==(const TestSource&, const TestSource&) = default;
};
using MetricSource = std::variant<BuiltInSource, JsonSource, RegexSource, FileSizeSource, SpanSource, TestSource>;

struct Metric {
  std::string name;
  std::string unit;  ///< "s", "B", "", or the user's own; values are in this unit
  Direction direction = Direction::lower;
  MetricKind kind = MetricKind::positive;
  MetricRole role = MetricRole::observed;
  std::optional<Percent>
      margin;  ///< smallest effect worth acting on; points for a proportion; none for an observed one
  bool margin_is_default = false;  ///< the user did not state it; printed as "(default)"
  MetricSource source;
  std::vector<std::string> workloads;       ///< only these; empty: all
  std::optional<TrialStatistic> statistic;  ///< of the values that a trial reports; nothing: it reports one
  std::optional<NumberForm> digits = {};    ///< empty: any form that can be read in only one way
  MetricStream stream = MetricStream::results;
  WhenUnavailable when_unavailable = WhenUnavailable::refuse;
  friend bool operator==(const Metric&, const Metric&) = default;
};

/// Whether a trial reports iterations of which only those in the steady state count.
[[nodiscard]] bool counts_steady_state(const Metric& metric);

/// The metrics that every trial has, with unit, direction and kind, in the order in which people see them.
[[nodiscard]] const std::vector<Metric>& built_in_metrics();
/// The built-in metric with that name; null if there is none.
[[nodiscard]] const Metric* find_built_in_metric(std::string_view name);
/// The value of a built-in metric, in its unit; empty if the kernel did not report it.
/// \param name  the name of one of `built_in_metrics()`
[[nodiscard]] std::optional<double> built_in_value(std::string_view name, const Usage& usage);
/// Why a trial may lack the value of a built-in metric, for messages.
struct Absence {
  std::string_view why;      ///< "this machine does not report it"
  std::string_view instead;  ///< what the user may do, where there is something: "guard max_rss instead"
};
/// \param name  the name of one of `built_in_metrics()`
[[nodiscard]] Absence absence_of(std::string_view name);
/// The text of a source in the `from` of an experiment file: "json:/ok" for a JsonSource, the bare name for a built-in
/// one.
[[nodiscard]] std::string to_string(const MetricSource& source);
/// Reads the text of a source that is not built in; std::nullopt for other texts.
[[nodiscard]] std::optional<MetricSource> parse_metric_source(std::string_view text);

template <>
struct EnumNames<Direction> {
  static constexpr std::array<std::string_view, 2> values = {"lower", "higher"};
};

template <>
struct EnumNames<MetricKind> {
  static constexpr std::array<std::string_view, 4> values = {"positive", "difference", "proportion", "deterministic"};
};

template <>
struct EnumNames<TrialStatistic> {
  static constexpr std::array<std::string_view, 10> values = {"min", "mean",  "median", "p90",         "p95",
                                                              "p99", "p99.9", "max",    "steady-mean", "steady-median"};
};

template <>
struct EnumNames<WhenUnavailable> {
  static constexpr std::array<std::string_view, 2> values = {"refuse", "observe"};
};

template <>
struct EnumNames<MetricStream> {
  static constexpr std::array<std::string_view, 2> values = {"results", "stderr"};
};

template <>
struct EnumNames<SpanFigure> {
  static constexpr std::array<std::string_view, 3> values = {"duration", "count", "overlap"};
};

template <>
struct EnumNames<MetricRole> {
  static constexpr std::array<std::string_view, 4> values = {"primary", "guard", "observed", "control"};
};

}  // namespace assay
