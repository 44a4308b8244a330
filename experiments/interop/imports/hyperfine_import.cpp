#include "experiments/interop/imports/hyperfine_import.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"
#include "experiments/interop/imports/packed_rows.hpp"
#include "experiments/interop/imports/quick_json.hpp"
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

/// Whether a letter goes on with a word or a number. Those beyond ASCII all do.
bool is_of_word(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         byte == '_' || byte == '.';
}

/// Whether the value stands in the name as a word of its own: "6" in "gzip -6", and not in "gzip -16".
bool shows(std::string_view name, std::string_view value) {
  if (value.empty()) return false;
  for (std::size_t at = name.find(value); at != std::string_view::npos; at = name.find(value, at + 1)) {
    const std::size_t end = at + value.size();
    const bool goes_on = end < name.size() && is_of_word(name[end]);
    const bool is_inside = at > 0 && is_of_word(name[at - 1]);
    if (!goes_on && !is_inside) return true;
  }
  return false;
}

/// A text in version 1. The source of version 2 has an object with it.
std::string value_of_parameter(const Field& parameter) {
  return parameter.is_table() ? parameter.at("value").text() : parameter.text();
}

/// The name or command, with the parameters that it does not show: "build (threads=4)". It depends on nothing but this
/// result, so the same measurement has the same name in every file.
std::string name_of(const Field& result) {
  const std::optional<Field> given = result.find("name");
  std::string name = given && given->is_text() ? given->text() : result.at("command").text();
  const std::optional<Field> parameters = result.find("parameters");
  if (!parameters || parameters->is_null()) return name;
  std::string list;
  for (const Field& parameter : parameters->members()) {
    const std::string value = value_of_parameter(parameter);
    if (!shows(name, value)) list += fmt::format("{}{}={}", list.empty() ? "" : ", ", parameter.key(), value);
  }
  return list.empty() ? name : fmt::format("{} ({})", name, list);
}

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

/// The samples of one result of version 2, by the metric's name there.
using SamplesByMetric = std::map<std::string, Sample, std::less<>>;

void add_measurement(const Field& metric, const std::string& name, SamplesByMetric& samples) {
  const std::optional<Field> stated = metric.find("unit");  // a count of instructions has none
  const KeptUnit unit = kept_unit(stated && !stated->is_null() ? stated->text() : "");
  const auto [place, is_new] =
      samples.try_emplace(metric.key(), Sample{name, metric_name(metric.key()), unit.unit, Direction::lower, {}});
  if (place->second.unit != unit.unit) {
    stated.value_or(metric).fail(fmt::format("the runs before it are in {}, and this is in {}",
                                             in_quotes(place->second.unit), in_quotes(unit.unit)));
  }
  place->second.values.push_back(measure_of(metric.at("value")) * unit.factor);
}

/// \return how many runs failed.
std::size_t read_runs(const std::vector<Field>& runs, const std::string& name, SamplesByMetric& samples) {
  std::size_t failed = 0;
  for (const Field& run : runs) {
    if (const auto code = run.find("exit_code"); code && !succeeded(*code)) {
      ++failed;
      continue;
    }
    for (const Field& metric : run.members()) {
      if (metric.is_table()) add_measurement(metric, name, samples);
    }
  }
  return failed;
}

/// A metric of packed runs.
struct MetricColumn {
  std::size_t column = 0;
  double factor = 1;
  Sample* sample = nullptr;
};

double measure_in(const PackedRows& runs, std::size_t run, std::size_t column) {
  const double value = runs.number(run, column);
  if (!(value >= 0)) throw PackedListsUnusable{};
  return value;
}

/// The same for millions of runs.
std::size_t read_runs(const PackedRows& runs, const std::string& name, SamplesByMetric& samples) {
  std::vector<MetricColumn> columns;
  std::optional<std::size_t> exit_codes;
  for (const auto& [key, member] : runs.shape().items()) {
    if (key == "exit_code") {
      if (!member.is_number_unsigned()) throw PackedListsUnusable{};
      exit_codes = member.get<std::size_t>();
    }
    if (!member.is_object()) continue;
    const auto value = member.find("value");
    const auto stated = member.find("unit");
    const bool is_known =
        value != member.end() && value->is_number_unsigned() && (stated == member.end() || stated->is_string());
    if (!is_known) throw PackedListsUnusable{};
    const KeptUnit unit = kept_unit(stated == member.end() ? "" : stated->get<std::string>());
    Sample& sample = samples[key] = {name, metric_name(key), unit.unit, Direction::lower, {}};
    sample.values.reserve(runs.rows());
    columns.push_back({value->get<std::size_t>(), unit.factor, &sample});
  }
  std::size_t failed = 0;
  for (std::size_t run = 0; run < runs.rows(); ++run) {
    const double code = exit_codes ? runs.number(run, *exit_codes) : 0;
    if (!std::isnan(code) && code != std::trunc(code)) throw PackedListsUnusable{};
    if (!succeeded(code)) {
      ++failed;
      continue;
    }
    for (const MetricColumn& metric : columns)
      metric.sample->values.push_back(measure_in(runs, run, metric.column) * metric.factor);
  }
  return failed;
}

/// The metric that version 2 says the file is about, by its name here.
std::string primary_metric_of(const Field& document) {
  const std::optional<Field> stated = document.find("primary_metric");
  return stated && !stated->is_null() ? metric_name(stated->text()) : "wall";
}

/// Adds the primary metric first, because the first is what is compared, then time.
void add_samples(SamplesByMetric samples, const std::string& primary, SampleFile& file) {
  std::vector<Sample> ordered;
  for (auto& [metric, sample] : samples) {
    if (!sample.values.empty()) ordered.push_back(std::move(sample));
  }
  for (const std::string_view metric : {std::string_view("wall"), std::string_view(primary)}) {
    std::stable_partition(ordered.begin(), ordered.end(),
                          [metric](const Sample& sample) { return sample.metric == metric; });
  }
  std::move(ordered.begin(), ordered.end(), std::back_inserter(file.samples));
}

void read_measurements(const Field& result, const std::string& name, const std::string& primary, SampleFile& file) {
  const Field list = result.at("measurements");
  SamplesByMetric samples;
  std::size_t failed = 0;
  std::size_t runs = 0;
  if (are_packed_rows(list.value())) {
    const PackedRows rows(list.value());
    runs = rows.rows();
    failed = read_runs(rows, name, samples);
  } else {
    const std::vector<Field> fields = list.elements();
    runs = fields.size();
    failed = read_runs(fields, name, samples);
  }
  add_samples(std::move(samples), primary, file);
  note_failures(file, name, failed, runs);
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
  const Field document(*file.tree);
  const Field results = document.at("results");
  if (results.is_list() && results.value().empty()) results.fail("expected a result for each command, and it is empty");
  const std::string primary = primary_metric_of(document);
  for (const Field& result : results.elements()) {
    const std::string name = names.next(name_of(result));
    if (result.find("measurements")) {
      read_measurements(result, name, primary, target);
    } else {
      read_times(result, name, target);
    }
  }
  names.note_counted(target);
  return target;
}

}  // namespace assay::interop
