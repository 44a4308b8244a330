#include "experiments/interop/imports/go_import.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/interop/imports/file_numbers.hpp"
#include "experiments/interop/imports/text_lines.hpp"
#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

constexpr std::string_view kBenchmark = "Benchmark";

bool is_whole_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

/// "BenchmarkEncode-8   100   12345 ns/op   16 B/op": a name, a count, and pairs of value and unit.
bool is_result(const std::vector<std::string_view>& words) {
  return words.size() >= 4 && words.size() % 2 == 0 && words[0].starts_with(kBenchmark) && is_whole_number(words[1]);
}

/// "BenchmarkEncode-8   100   12345": how the last line of a file looks that was cut.
bool breaks_off(const std::vector<std::string_view>& words) {
  return words.size() >= 2 && words[0].starts_with(kBenchmark) && is_whole_number(words[1]) && !is_result(words);
}

/// Rates are better if they are higher; a line "Unit req/s better=higher" says it of others.
std::map<std::string, Direction, std::less<>> stated_directions(const std::vector<TextLine>& lines) {
  std::map<std::string, Direction, std::less<>> directions = {{"MB/s", Direction::higher}};
  for (const TextLine& line : lines) {
    const std::vector<std::string_view> words = words_of(line.text);
    if (words.size() < 3 || words[0] != "Unit") continue;
    for (const std::string_view word : words) {
      if (word == "better=higher") directions[std::string(words[1])] = Direction::higher;
      if (word == "better=lower") directions[std::string(words[1])] = Direction::lower;
    }
  }
  return directions;
}

KeptUnit unit_of_result(std::string_view unit) {
  if (unit == "ns/op") return {"s", 1e-9};
  if (unit == "MB/s") return {"B/s", 1e6};
  return {std::string(unit), 1};
}

/// What an operation takes, and what is done in a second, is never below 0; a metric of the program's own may be.
bool is_measure(std::string_view unit) {
  return unit.ends_with("/op") || unit.ends_with("/s");
}

/// "--- FAIL: BenchmarkA-8", also behind the name of the benchmark; "FAIL"; "FAIL   example.org/words   0.1s".
bool tells_a_failure(const TextLine& line, const std::vector<std::string_view>& words) {
  return line.text.find("--- FAIL") != std::string_view::npos || (!words.empty() && words.front() == "FAIL");
}

/// Notes results that are cut, and failures, each with its first line.
void note_what_is_missing(const std::vector<TextLine>& lines, std::string_view name, SampleFile& file) {
  std::vector<int> cut;
  std::vector<int> failed;
  for (const TextLine& line : lines) {
    const std::vector<std::string_view> words = words_of(line.text);
    if (tells_a_failure(line, words)) {
      failed.push_back(line.number);
    } else if (breaks_off(words)) {
      cut.push_back(line.number);
    }
  }
  if (!cut.empty()) {
    file.notes.push_back(fmt::format("{}: line {}: {} result{} without pairs of a value and its unit, left out", name,
                                     fmt::join(cut, ", "), cut.size(), cut.size() == 1 ? "" : "s"));
  }
  if (!failed.empty())
    file.notes.push_back(
        fmt::format("{}: line {}: Go reports a failure, so values may be missing", name, failed.front()));
}

}  // namespace

bool is_go(const ToolText& file) {
  if (file.tree != nullptr || file.text.find(kBenchmark) == std::string_view::npos) return false;
  const std::vector<TextLine> lines = lines_of(file.text);
  return std::any_of(lines.begin(), lines.end(), [](const TextLine& line) { return is_result(words_of(line.text)); });
}

SampleFile read_go(const ToolText& file) {
  const std::vector<TextLine> lines = lines_of(file.text);
  const auto directions = stated_directions(lines);
  FileNumbers numbers(file);
  for (const TextLine& line : lines) {
    const std::vector<std::string_view> words = words_of(line.text);
    if (!is_result(words)) continue;
    for (std::size_t word = 2; word < words.size(); word += 2) numbers.show(words[word]);
  }
  SampleFile target;
  SampleCollector samples(target);
  std::string package;
  for (const TextLine& line : lines) {
    const std::vector<std::string_view> words = words_of(line.text);
    if (words.size() == 2 && words[0] == "pkg:") package = fmt::format("{}.", words[1]);
    if (!is_result(words)) continue;
    for (std::size_t word = 2; word < words.size(); word += 2) {
      const std::string_view metric = words[word + 1];
      const double value =
          is_measure(metric) ? numbers.read_measure(line, words[word]) : numbers.read(line, words[word]);
      const KeptUnit unit = unit_of_result(metric);
      const auto direction = directions.find(metric);
      Sample& sample = samples.sample_of({package + std::string(words[0].substr(kBenchmark.size())),
                                          std::string(metric),
                                          unit.unit,
                                          direction == directions.end() ? Direction::lower : direction->second,
                                          {}});
      sample.values.push_back(value * unit.factor);
    }
  }
  if (!lines.empty() && breaks_off(words_of(lines.back().text))) {
    throw error_in(lines.back(), "the file ends within a result: expected pairs of a value and its unit");
  }
  numbers.tell(target);
  note_what_is_missing(lines, file.name, target);
  return target;
}

}  // namespace assay::interop
