#include "experiments/interop/imports/perf_stat_import.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/written_number.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/interop/imports/file_numbers.hpp"
#include "experiments/interop/imports/perf_stat_text.hpp"
#include "experiments/interop/imports/text_lines.hpp"
#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

/// What separates the fields is the user's choice (-x SEP): the character before the unit or, if that is empty, twice
/// before the event.
constexpr std::string_view kPerfSeparators = ",;\t|";

std::vector<std::string_view> fields_of(std::string_view line, char separator) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = line.find(separator);
    fields.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

bool is_count(std::string_view value) {
  if (value.starts_with("<not ")) return true;
  const auto number = read_written_number(value, std::nullopt);
  const auto* const written = std::get_if<WrittenNumber>(&number);
  return written != nullptr && written->behind.empty();
}

bool is_figure(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_event(std::string_view text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
}

/// value, unit, event, [spread,] time running, share of it, ...
constexpr std::size_t kFewestFields = 5;

/// "1,5,msec,task-clock,...": the decimal comma of a number divides it.
bool divides_number(const std::vector<std::string_view>& fields, char separator) {
  const bool is_divided = separator == ',' && fields.size() > kFewestFields && is_count(fields[0]) &&
                          !fields[1].empty() && std::all_of(fields[1].begin(), fields[1].end(), is_figure);
  return is_divided && (is_event(fields[2]) || (fields[2].empty() && is_event(fields[3])));
}

std::optional<PerfCount> count_in_columns(const TextLine& line) {
  for (const char separator : kPerfSeparators) {
    const std::vector<std::string_view> fields = fields_of(line.text, separator);
    if (divides_number(fields, separator)) {
      throw error_in(line, fmt::format("the comma in {},{} is decimal and stands between columns, too: run perf stat "
                                       "with LC_ALL=C, or with -x;",
                                       fields[0], fields[1]));
    }
    if (fields.size() < kFewestFields || !is_event(fields[2])) continue;
    // The program's own output may be in the file, too; but a time at that place is written by perf only.
    if (!is_count(fields[0]) && (fields[0].empty() || !is_count(fields[3]))) continue;
    return PerfCount{line, std::string(fields[0]), std::string(fields[1]), std::string(fields[2])};
  }
  return std::nullopt;
}

/// "123,,cyc": how the last line of a file looks that was cut.
bool breaks_off(const TextLine& last) {
  if (count_in_columns(last)) return false;
  const std::string_view line = last.text;
  return std::any_of(kPerfSeparators.begin(), kPerfSeparators.end(), [&](char separator) {
    const std::size_t fields = fields_of(line, separator).size();
    return fields > 1 && fields < kFewestFields && is_count(line.substr(0, line.find(separator)));
  });
}

std::optional<PerfCount> count_in_object(const TextLine& line) try {
  if (!line.text.starts_with('{')) return std::nullopt;
  const nlohmann::json tree = formats::parse_json(line.text, "JSON");
  const Field object(tree);
  const std::optional<Field> value = object.find("counter-value");
  const std::optional<Field> event = object.find("event");
  if (!value || !event) return std::nullopt;
  const std::optional<Field> unit = object.find("unit");
  return PerfCount{line, value->text(), unit ? unit->text() : "", event->text()};
} catch (const Error& error) {
  throw error.within(fmt::format("line {}", line.number));
}

std::optional<PerfCount> count_in(const TextLine& line) {
  std::optional<PerfCount> count = count_in_object(line);
  return count ? count : count_in_columns(line);
}

std::vector<PerfCount> counts_of_lines(const std::vector<TextLine>& lines) {
  std::vector<PerfCount> counts;
  for (const TextLine& line : lines) {
    if (std::optional<PerfCount> count = count_in(line)) counts.push_back(*std::move(count));
  }
  return counts;
}

bool has_report(const std::vector<TextLine>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const TextLine& line) { return begins_perf_report(line.text); });
}

/// Whether there is nothing to compare, which is what several runs in one report look like.
bool are_of_one_run(const SampleFile& file) {
  return !file.samples.empty() && std::all_of(file.samples.begin(), file.samples.end(),
                                              [](const Sample& sample) { return sample.values.size() == 1; });
}

/// Whether a line is a count, also one that cannot be read.
bool is_count_like(const TextLine& line) try { return count_in_columns(line).has_value(); } catch (const Error&) {
  return true;
}

}  // namespace

bool is_perf_stat(const ToolText& file) {
  const std::vector<TextLine> lines = lines_of(file.text.substr(0, 4096));
  if (has_report(lines)) return true;
  for (const TextLine& line : lines) {
    if (line.text.find("\"counter-value\"") != std::string_view::npos) return true;
    if (words_of(line.text).empty() || line.text.starts_with('#')) continue;
    return is_count_like(line);
  }
  return false;
}

SampleFile read_perf_stat(const ToolText& file) {
  const std::vector<TextLine> lines = lines_of(file.text);
  const bool is_for_people = has_report(lines);
  const std::vector<PerfCount> counts = is_for_people ? counts_of_perf_reports(lines) : counts_of_lines(lines);
  FileNumbers numbers(file);
  for (const PerfCount& count : counts) numbers.show(count.value);
  SampleFile target;
  SampleCollector samples(target);
  std::map<std::string, int> not_counted;
  for (const PerfCount& count : counts) {
    if (count.value.starts_with("<not ")) {
      ++not_counted[count.event];
      continue;
    }
    const double value = numbers.read_measure(count.line, count.value);
    const KeptUnit unit = kept_unit(count.unit);
    samples.sample_of({"run", count.event, unit.unit, Direction::lower, {}}).values.push_back(value * unit.factor);
  }
  if (!is_for_people && !lines.empty() && breaks_off(lines.back())) {
    throw error_in(lines.back(), "the file ends within a count: expected value, unit, event, time and share");
  }
  numbers.tell(target);
  for (const auto& [event, times] : not_counted) {
    target.notes.push_back(fmt::format("{}: not counted or not supported in {} run{}, which {} left out", event, times,
                                       times == 1 ? "" : "s", times == 1 ? "is" : "are"));
  }
  if (are_of_one_run(target)) {
    target.notes.emplace_back(
        "every event has one value: perf stat -r N writes only the mean of its runs. Write each run: "
        "for run in 1 2 3 4 5 6; do perf stat -x, --append -o FILE COMMAND; done");
  }
  return target;
}

}  // namespace assay::interop
