#include "experiments/interop/imports/hyperfine_import.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"
#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

/// What version 2 calls the metrics that assay has, too.
const std::map<std::string, std::string, std::less<>> kNames = {{"time_wall_clock", "wall"},
                                                                {"time_cpu", "cpu"},
                                                                {"time_user", "user"},
                                                                {"time_system", "system"},
                                                                {"memory_peak_resident", "max_rss"}};

std::string metric_name(const std::string& theirs) {
  const auto found = kNames.find(theirs);
  return found == kNames.end() ? theirs : found->second;
}

/// Names each result once, also if one command was measured twice.
class ResultNames {
 public:
  std::string next(const Field& result) {
    const std::optional<Field> given = result.find("name");
    const std::string name = given && given->is_text() ? given->text() : result.at("command").text();
    const int number = ++seen_[name];
    return number == 1 ? name : fmt::format("{} ({})", name, number);
  }

 private:
  std::map<std::string, int> seen_;
};

/// How its CSV begins.
constexpr std::string_view kSummaryHeader = "command,mean,stddev,";

bool succeeded(const Field& exit_code) {
  return exit_code.is_null() || exit_code.integer() == 0;
}

void note_failures(SampleFile& file, const std::string& name, std::size_t failed, std::size_t all) {
  if (failed == 0) return;
  file.notes.push_back(fmt::format("{}: {} of {} runs did not exit with 0 and are left out", name, failed, all));
}

bool succeeded(double exit_code) {
  return std::isnan(exit_code) || exit_code == 0;
}

/// The exit code of a run as a number, NaN for null. There may be millions: only what is wrong gets a place of its own.
double code_in(const Field& list, std::size_t run) {
  if (is_packed(list.value())) {
    const double code = packed_number(list.value(), run);
    if (!std::isnan(code) && code != std::trunc(code)) list.fail("expected whole numbers");
    return code;
  }
  const nlohmann::json& code = list.value()[run];
  if (code.is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (!code.is_number_integer()) (void)list.elements()[run].integer();
  return code.get<double>();
}

/// Whether each run of version 1 counts. Exports of before 1.12 have no exit codes.
std::vector<bool> counted_runs(const Field& result, std::size_t runs) {
  std::vector<bool> counted(runs, true);
  const std::optional<Field> codes = result.find("exit_codes");
  if (!codes) return counted;
  if (!codes->is_list() && !is_packed(codes->value())) (void)codes->elements();
  const std::size_t count = is_packed(codes->value()) ? packed_count(codes->value()) : codes->value().size();
  if (count != runs) codes->fail(fmt::format("{} exit codes of {} runs", count, runs));
  for (std::size_t run = 0; run < runs; ++run) counted[run] = succeeded(code_in(*codes, run));
  return counted;
}

/// The values of the runs that count, in the same memory.
std::vector<double> only(std::vector<double> values, const std::vector<bool>& counted) {
  std::size_t left = 0;
  for (std::size_t run = 0; run < values.size(); ++run) {
    if (counted[run]) values[left++] = values[run];
  }
  values.resize(left);
  return values;
}

void read_times(const Field& result, const std::string& name, SampleFile& file) {
  const std::optional<Field> times = result.find("times");
  if (!times || times->is_null()) result.fail("only summaries and no \"times\": nothing can be compared");
  std::vector<double> wall = numbers_of(*times);
  const std::size_t runs = wall.size();
  const std::vector<bool> counted = counted_runs(result, runs);
  file.samples.push_back({name, "wall", "s", Direction::lower, only(std::move(wall), counted)});
  note_failures(file, name, runs - file.samples.back().values.size(), runs);
  const std::optional<Field> memory = result.find("memory_usage_byte");
  if (!memory || memory->is_null()) return;
  std::vector<double> sizes = numbers_of(*memory);
  if (sizes.size() != runs) memory->fail(fmt::format("{} sizes of {} runs", sizes.size(), runs));
  file.samples.push_back({name, "max_rss", "B", Direction::lower, only(std::move(sizes), counted)});
}

void read_measurements(const Field& result, const std::string& name, SampleFile& file) {
  const std::vector<Field> runs = result.at("measurements").elements();
  std::size_t failed = 0;
  for (const Field& run : runs) {
    if (const auto code = run.find("exit_code"); code && !succeeded(*code)) {
      ++failed;
      continue;
    }
    for (const Field& metric : run.members()) {
      if (!metric.is_table()) continue;
      const std::optional<Field> stated = metric.find("unit");  // a count of instructions has none
      const KeptUnit unit = kept_unit(stated && !stated->is_null() ? stated->text() : "");
      Sample& sample = sample_of(file, {name, metric_name(metric.key()), unit.unit, Direction::lower, {}});
      sample.values.push_back(measure_of(metric.at("value")) * unit.factor);
    }
  }
  note_failures(file, name, failed, runs.size());
}

}  // namespace

bool is_hyperfine(const ToolText& file) {
  if (file.text.starts_with(kSummaryHeader)) return true;
  if (file.tree == nullptr || !file.tree->is_object()) return false;
  const auto results = file.tree->find("results");
  if (results == file.tree->end() || !results->is_array()) return false;
  if (results->empty()) return true;
  const nlohmann::json& first = results->front();
  const auto has = [&](const char* key) { return first.contains(key); };
  return first.is_object() && (has("command") || has("mean") || has("times") || has("measurements"));
}

SampleFile read_hyperfine(const ToolText& file) {
  if (file.tree == nullptr)
    throw Error("a CSV of hyperfine holds only summaries: its JSON (--export-json) has every run");
  SampleFile target;
  ResultNames names;
  const Field results = Field(*file.tree).at("results");
  if (results.is_list() && results.value().empty()) results.fail("expected a result for each command, and it is empty");
  for (const Field& result : results.elements()) {
    const std::string name = names.next(result);
    result.find("measurements") ? read_measurements(result, name, target) : read_times(result, name, target);
  }
  return target;
}

}  // namespace assay::interop
