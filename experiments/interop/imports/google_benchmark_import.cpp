#include "experiments/interop/imports/google_benchmark_import.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

struct Rate {
  const char* key;
  const char* unit;
};
constexpr std::array kRates = {Rate{"items_per_second", "1/s"}, Rate{"bytes_per_second", "B/s"}};

/// How many repetitions a benchmark has.
struct Repetitions {
  int all = 0;
  int left_out = 0;
};

bool is_repetition(const Field& benchmark) {
  const std::optional<Field> type = benchmark.find("run_type");
  return type ? type->text() == "iteration" : !benchmark.find("aggregate_name");
}

bool is_true(const Field& benchmark, const char* key) {
  const std::optional<Field> said = benchmark.find(key);
  return said && said->truth();
}

void read_repetition(const Field& benchmark, const std::string& name, SampleCollector& samples) {
  const std::optional<Field> stated = benchmark.find("time_unit");
  const KeptUnit unit = stated ? kept_time_unit(*stated) : kept_unit("ns");
  const auto add = [&](const char* key, const Sample& like, double factor) {
    const std::optional<Field> value = benchmark.find(key);
    if (value) samples.sample_of(like).values.push_back(measure_of(*value) * factor);
  };
  add("real_time", {name, "wall", unit.unit, Direction::lower, {}}, unit.factor);
  add("cpu_time", {name, "cpu", unit.unit, Direction::lower, {}}, unit.factor);
  for (const Rate& rate : kRates) add(rate.key, {name, rate.key, rate.unit, Direction::higher, {}}, 1);
}

}  // namespace

bool is_google_benchmark(const ToolText& file) {
  if (file.tree == nullptr || !file.tree->is_object()) return false;
  const auto benchmarks = file.tree->find("benchmarks");
  if (benchmarks == file.tree->end() || !benchmarks->is_array() || !file.tree->contains("context")) return false;
  return std::any_of(benchmarks->begin(), benchmarks->end(), [](const nlohmann::json& one) {
    return one.is_object() && (one.contains("real_time") || one.contains("error_occurred"));
  });
}

SampleFile read_google_benchmark(const ToolText& file) {
  SampleFile target;
  SampleCollector samples(target);
  std::vector<std::string> names;  // in the order of the file
  std::map<std::string, Repetitions> repetitions;
  for (const Field& benchmark : Field(*file.tree).at("benchmarks").elements()) {
    const std::optional<Field> run_name = benchmark.find("run_name");
    const std::string name = run_name ? run_name->text() : benchmark.at("name").text();
    if (!repetitions.contains(name)) names.push_back(name);
    Repetitions& those = repetitions[name];
    if (is_true(benchmark, "error_occurred") || is_true(benchmark, "skipped")) {
      ++those.all;
      ++those.left_out;
    } else if (is_repetition(benchmark)) {
      ++those.all;
      read_repetition(benchmark, name, samples);
    }
  }
  for (const std::string& name : names) {
    const Repetitions& those = repetitions[name];
    if (those.left_out == 0) continue;
    target.notes.push_back(fmt::format("{}: {} of {} repetition{} failed or {} skipped, and {} left out", name,
                                       those.left_out, those.all, those.all == 1 ? "" : "s",
                                       those.left_out == 1 ? "was" : "were", those.left_out == 1 ? "is" : "are"));
  }
  std::stable_partition(target.samples.begin(), target.samples.end(),
                        [](const Sample& sample) { return sample.metric == "wall"; });
  if (target.samples.empty() && !target.notes.empty()) {
    throw Error(fmt::format("no repetition is left: {}", fmt::join(target.notes, "; ")));
  }
  if (target.samples.empty()) {
    throw Error("only aggregates and no repetition: run without --benchmark_report_aggregates_only");
  }
  return target;
}

}  // namespace assay::interop
