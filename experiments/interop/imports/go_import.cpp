#include "experiments/interop/imports/go_import.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "core/text/written_number.hpp"
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

}  // namespace

bool is_go(const ToolText& file) {
  if (file.tree != nullptr || file.text.find(kBenchmark) == std::string_view::npos) return false;
  const std::vector<TextLine> lines = lines_of(file.text);
  return std::any_of(lines.begin(), lines.end(), [](const TextLine& line) { return is_result(words_of(line.text)); });
}

SampleFile read_go(const ToolText& file) {
  const std::vector<TextLine> lines = lines_of(file.text);
  const auto directions = stated_directions(lines);
  SampleFile target;
  std::string package;
  for (const TextLine& line : lines) {
    const std::vector<std::string_view> words = words_of(line.text);
    if (words.size() == 2 && words[0] == "pkg:") package = fmt::format("{}.", words[1]);
    if (!is_result(words)) continue;
    for (std::size_t word = 2; word < words.size(); word += 2) {
      const auto number = read_written_number(words[word], NumberForm::comma_point);
      const auto* const written = std::get_if<WrittenNumber>(&number);
      if (written == nullptr || !written->behind.empty())
        throw error_in(line, fmt::format("{} is not a number", in_quotes(words[word])));
      if (!std::isfinite(written->value))
        throw error_in(line, fmt::format("{} is not a finite number", in_quotes(words[word])));
      const KeptUnit unit = unit_of_result(words[word + 1]);
      const auto direction = directions.find(words[word + 1]);
      Sample& sample = sample_of(target, {package + std::string(words[0].substr(kBenchmark.size())),
                                          std::string(words[word + 1]),
                                          unit.unit,
                                          direction == directions.end() ? Direction::lower : direction->second,
                                          {}});
      sample.values.push_back(written->value * unit.factor);
    }
  }
  if (!lines.empty() && breaks_off(words_of(lines.back().text))) {
    throw error_in(lines.back(), "the file ends within a result: expected pairs of a value and its unit");
  }
  return target;
}

}  // namespace assay::interop
