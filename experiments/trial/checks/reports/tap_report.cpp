#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/trimmed.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"
#include "experiments/trial/metrics/text_lines.hpp"

namespace assay::trial {
namespace {

constexpr std::size_t kIndentOfSubtest = 4;
constexpr std::size_t kDeepestSubtest = 100;  // what is indented more is no result but text

struct Result {
  std::string name;
  TestEnd end = TestEnd::passed;
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return result;
}

/// The position of " # SKIP" or " # TODO", in upper or lower case; npos if there is neither. "\#" is a plain number
/// sign.
std::size_t directive_at(std::string_view description) {
  for (std::size_t at = description.find('#'); at != std::string_view::npos; at = description.find('#', at + 1)) {
    if (at > 0 && description[at - 1] == '\\') continue;
    const std::string word = upper(trimmed(description.substr(at + 1)));
    if (word.starts_with("SKIP") || word.starts_with("TODO")) return at;
  }
  return std::string_view::npos;
}

/// "ok 3 - opens the file # SKIP no disk"; nothing for other lines.
std::optional<Result> result_in(std::string_view line) {
  const bool failed = take_prefix(line, "not ok");
  if (!failed && !take_prefix(line, "ok")) return std::nullopt;
  if (!line.empty() && line.front() != ' ' && line.front() != '\t') return std::nullopt;  // "okay"
  line = trimmed(line);
  int number = 0;
  const auto [end, failure] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (failure == std::errc{}) line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  const std::size_t directive = directive_at(line);
  std::string_view name = trimmed(line.substr(0, directive));
  if (take_prefix(name, "-")) name = trimmed(name);
  if (name.ends_with('{')) name = trimmed(name.substr(0, name.size() - 1));  // a subtest in version 14's braces
  const TestEnd ending = directive != std::string_view::npos ? TestEnd::skipped
                         : failed                            ? TestEnd::failed
                                                             : TestEnd::passed;
  return Result{name.empty() ? fmt::format("#{}", number) : std::string(name), ending};
}

/// Results come before the test that they are parts of, more indented.
class TapReader {
 public:
  void take(std::string_view line) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t depth = indent / kIndentOfSubtest;
    if (depth > kDeepestSubtest) return;
    line.remove_prefix(indent);
    if (line.starts_with("Bail out!")) throw Error(fmt::format("the tests gave up: {}", line));
    if (depth == 0) note_plan(line);
    std::optional<Result> result = result_in(line);
    if (!result) return;
    results_.resize(std::max(results_.size(), depth + 2));
    for (Result& part : results_[depth + 1]) {
      results_[depth].push_back({fmt::format("{} > {}", result->name, part.name), part.end});
    }
    results_[depth + 1].clear();
    results_[depth].push_back(std::move(*result));
    seen_ += depth == 0 ? 1 : 0;
  }

  TestInventory finish() {
    if (planned_ && *planned_ != seen_) {
      throw Error(fmt::format("its plan says {} tests, and {} are reported", *planned_, seen_));
    }
    if (!planned_) throw Error("it has no plan (1..N), so that it may be cut short");
    TestInventory inventory;
    for (const std::vector<Result>& level : results_) {
      for (const Result& result : level) add_test(inventory, result.name, result.end);
    }
    return inventory;
  }

 private:
  void note_plan(std::string_view line) {
    if (!take_prefix(line, "1..")) return;
    int count = 0;
    if (std::from_chars(line.data(), line.data() + line.size(), count).ec == std::errc{}) planned_ = count;
  }

  std::vector<std::vector<Result>> results_;  ///< by depth; parts that wait for the test they belong to
  std::optional<int> planned_;
  int seen_ = 0;
};

}  // namespace

TestInventory parse_tap(std::string_view text) {
  TapReader reader;
  for_each_line(text, [&](std::string_view line) { reader.take(line); });
  return reader.finish();
}

}  // namespace assay::trial
