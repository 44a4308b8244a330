#include "experiments/interop/imports/jmh_import.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

/// "Sort.quick (size=10)"; a mode is part of the name if one is given: "Sort.quick (size=10, mode=thrpt)".
std::string name_of(const Field& benchmark, const std::optional<std::string>& mode) {
  std::vector<std::string> parameters;
  if (const auto given = benchmark.find("params")) {
    for (const Field& one : given->members()) parameters.push_back(fmt::format("{}={}", one.key(), one.text()));
  }
  if (mode) parameters.push_back(fmt::format("mode={}", *mode));
  const std::string name = benchmark.at("benchmark").text();
  return parameters.empty() ? name : fmt::format("{} ({})", name, fmt::join(parameters, ", "));
}

/// One name for each result. `-bm all` measures a benchmark in several modes, and only then the mode tells them apart.
std::vector<std::string> names_of(const std::vector<Field>& benchmarks, ResultNames& counted) {
  std::map<std::string, int> results;
  for (const Field& benchmark : benchmarks) ++results[name_of(benchmark, std::nullopt)];
  std::vector<std::string> names;
  for (const Field& benchmark : benchmarks) {
    std::string name = name_of(benchmark, std::nullopt);
    if (results[name] > 1) name = name_of(benchmark, benchmark.at("mode").text());
    names.push_back(counted.next(name));
  }
  return names;
}

/// "us/op" is a time; "ops/us" stays as it is.
KeptUnit unit_of_score(const Field& stated) {
  constexpr std::string_view kEachOperation = "/op";
  constexpr std::string_view kOperations = "ops/";
  const std::string unit = stated.text();
  const bool is_rate = unit.starts_with(kOperations);
  const bool is_known = is_rate || unit.ends_with(kEachOperation);
  const KeptUnit time = kept_unit(is_rate ? unit.substr(kOperations.size()) : unit.substr(0, unit.rfind('/')));
  if (!is_known || time.unit != "s") {
    stated.fail(fmt::format(
        "expected a time for each operation or operations in a time, such as us/op or ops/s, not {}", in_quotes(unit)));
  }
  return is_rate ? KeptUnit{unit, 1} : time;
}

/// Which scores are better in the mode of a benchmark. In all but one they are times.
Direction direction_of(const Field& mode) {
  constexpr std::array<std::string_view, 3> kTimes = {"avgt", "sample", "ss"};
  const std::string name = mode.text();
  if (name == "thrpt") return Direction::higher;
  if (std::find(kTimes.begin(), kTimes.end(), name) == kTimes.end()) {
    mode.fail(fmt::format("expected one of thrpt, {}, not {}", fmt::join(kTimes, ", "), in_quotes(name)));
  }
  return Direction::lower;
}

double mean_of_iterations(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

bool is_jmh(const ToolText& file) {
  return file.tree != nullptr && file.tree->is_array() && !file.tree->empty() && file.tree->front().is_object() &&
         file.tree->front().contains("primaryMetric");
}

SampleFile read_jmh(const ToolText& file) {
  SampleFile target;
  const std::vector<Field> benchmarks = Field(*file.tree).elements();
  ResultNames counted;
  const std::vector<std::string> names = names_of(benchmarks, counted);
  counted.note_counted(target);
  for (std::size_t place = 0; place < benchmarks.size(); ++place) {
    const Field& benchmark = benchmarks[place];
    const Field metric = benchmark.at("primaryMetric");
    const std::optional<Field> raw = metric.find("rawData");
    if (!raw) metric.fail("a histogram and no \"rawData\": run JMH in another mode than sample");
    const KeptUnit unit = unit_of_score(metric.at("scoreUnit"));
    Sample sample{names[place], "score", unit.unit, direction_of(benchmark.at("mode")), {}};
    const std::vector<Field> forks = raw->elements();
    for (const Field& fork : forks) {
      const std::vector<double> iterations = numbers_of(fork, unit);
      if (!iterations.empty()) sample.values.push_back(mean_of_iterations(iterations));
    }
    if (const std::size_t without = forks.size() - sample.values.size(); without > 0) {
      target.notes.push_back(fmt::format("{}: {} of {} forks {} no values and {} left out", sample.name, without,
                                         forks.size(), without == 1 ? "has" : "have", without == 1 ? "is" : "are"));
    }
    if (forks.size() == 1) {
      target.notes.push_back(fmt::format(
          "{}: one fork, whose iterations are no trials of their own: run JMH with -f 6 or more", sample.name));
    }
    target.samples.push_back(std::move(sample));
  }
  return target;
}

}  // namespace assay::interop
