#include "experiments/trial/checks/reports/tap_report.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/trimmed.hpp"
#include "experiments/trial/checks/reports/tap_line.hpp"
#include "experiments/trial/checks/reports/tap_summaries.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"
#include "experiments/trial/text_lines.hpp"

namespace assay::trial {
namespace {

/// A test, or a part of one, with its position in the text.
struct TapPoint {
  std::string name;
  TestEnd end = TestEnd::passed;
  std::size_t first_line = 0;
  std::size_t last_line = 0;
  bool is_part = false;
};

/// The tests of one document, or the parts of one test.
struct TapLevel {
  std::size_t indent = 0;
  std::optional<int> planned = {};
  std::size_t plan_line = 0;
  std::set<int> numbers = {};
  std::vector<TapPoint> points = {};  ///< those of this level and, named after them, their parts
  int seen = 0;
  std::optional<TapPoint> owner = {};  ///< the test whose parts these are, if they are in braces
  std::size_t first_line = 0;

  [[nodiscard]] bool is_complete() const { return planned && *planned == seen; }
  [[nodiscard]] bool is_empty() const { return !planned && seen == 0; }
};

class TapReader {
 public:
  void take(std::string_view line) {
    const std::size_t at = line_++;
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string_view text = line.substr(indent);
    if (is_diagnostic(text, indent)) return;
    if (is_bail_out(text)) throw Error(fmt::format("the tests gave up: {}", text));
    take_summary(text, indent);
    if (indent == 0 && take_heading(text)) return;
    if (text == "}" && in_braces()) {
      while (!levels_.back().owner) close_parts(at);
      close_braces(at);
    } else if (const std::optional<int> plan = tap_plan(text)) {
      take_plan(*plan, indent, at);
    } else if (std::optional<TapResult> result = tap_result(text)) {
      take_result(*std::move(result), indent, at);
      is_after_test_ = true;
    }
  }

  TapReport finish() {
    close_document();
    if (report_.plan_lines.empty() && report_.inventory.tests.empty()) {
      throw Error("it has no plan (1..N), so that it may be cut short");
    }
    summaries_.compare_with(report_.inventory);
    return std::move(report_);
  }

 private:
  /// A block of YAML between "---" and "..." describes the test before it.
  bool is_diagnostic(std::string_view text, std::size_t indent) {
    if (yaml_indent_) {
      if (trimmed(text) == "..." && indent <= *yaml_indent_) yaml_indent_.reset();
      return true;
    }
    if (is_after_test_ && indent > 0 && trimmed(text) == "---") yaml_indent_ = indent;
    if (!text.empty()) is_after_test_ = false;
    return yaml_indent_.has_value();
  }

  /// Sums count at the margin only: those of a subtest are met by its own test.
  void take_summary(std::string_view text, std::size_t indent) {
    const std::optional<TapSum> sum = indent == 0 ? tap_sum(text) : std::nullopt;
    if (sum) {
      summaries_.state(*sum, text);
    } else if (states_trouble(text)) {
      summaries_.state_trouble(text);
    }
  }

  bool take_heading(std::string_view text) {
    if (text.starts_with("TAP version")) {
      close_document();
      return true;
    }
    const std::optional<std::string> heading = tap_heading(text);
    const bool is_between = levels_.size() == 1 && (levels_.front().is_empty() || levels_.front().is_complete());
    if (!heading || !is_between) return false;
    close_document();
    heading_ = *heading;
    return true;
  }

  [[nodiscard]] bool in_braces() const {
    return std::any_of(levels_.begin(), levels_.end(), [](const TapLevel& level) { return level.owner.has_value(); });
  }

  /// The level of lines with this indent; opens one for parts that come before their test.
  TapLevel& level_at(std::size_t indent, std::size_t line) {
    while (levels_.size() > 1 && levels_.back().indent > indent) close_parts(line);
    if (levels_.back().owner && levels_.back().is_empty()) levels_.back().indent = indent;
    if (levels_.back().indent < indent && levels_.size() < kDeepest) {
      levels_.push_back({.indent = indent, .first_line = line});
    }
    return levels_.back();
  }

  void take_plan(int count, std::size_t indent, std::size_t line) {
    if (indent == 0) {
      while (levels_.size() > 1) close_parts(line);
      if (levels_.front().planned) close_document();
    }
    TapLevel& level = level_at(indent, line);
    if (level.planned && levels_.size() > 1) {  // another subtest, whose test is missing between them
      close_parts(line);
      return take_plan(count, indent, line);
    }
    level.planned = count;
    level.plan_line = line;
  }

  void take_result(TapResult result, std::size_t indent, std::size_t line) {
    if (indent == 0) {
      while (levels_.size() > 1 && !levels_.back().owner) close_parts(line);
      // The "ok" of prove, and with --timer "ok    31 ms ( 0.00 usr ...)".
      const bool is_time = result.name == "ms" || result.name.starts_with("ms ");
      const bool is_driver_line = (!result.number && result.name.empty()) || is_time;
      if (levels_.size() == 1 && levels_.front().is_complete()) {
        if (is_driver_line) return;
        if (result.number == 1) close_document();
      }
    }
    TapLevel& level = level_at(indent, line);
    ++level.seen;
    if (levels_.size() == 1 && result.number && !level.numbers.insert(*result.number).second) {
      throw Error(fmt::format("line {}: test {} is reported twice", line + 1, *result.number));
    }
    if (result.name.empty()) result.name = fmt::format("#{}", result.number.value_or(level.seen));
    summaries_.list(result.end);
    TapPoint point{std::move(result.name), result.end, line, line};
    if (result.opens_parts && levels_.size() < kDeepest) {
      levels_.push_back({.indent = indent + 1, .owner = std::move(point), .first_line = line});
      return;
    }
    if (!parts_.empty()) point.first_line = std::min(point.first_line, parts_first_line_);
    add_with_parts(level, std::move(point), std::exchange(parts_, {}));
  }

  static void add_with_parts(TapLevel& level, TapPoint point, std::vector<TapPoint> parts) {
    for (TapPoint& part : parts) {
      part.name = fmt::format("{} > {}", point.name, part.name);
      part.is_part = true;
    }
    level.points.push_back(std::move(point));
    std::move(parts.begin(), parts.end(), std::back_inserter(level.points));
  }

  static void require_plan_met(const TapLevel& level, std::string_view whose) {
    if (level.planned && *level.planned != level.seen) {
      throw Error(fmt::format("{}plan says {} tests, and {} are reported", whose, *level.planned, level.seen));
    }
  }

  void close_parts(std::size_t line) {
    if (levels_.back().owner) {  // the brace is missing
      close_braces(line);
      return;
    }
    const TapLevel level = std::move(levels_.back());
    levels_.pop_back();
    require_plan_met(level, fmt::format("line {}: a subtest's ", level.first_line + 1));
    if (parts_.empty()) parts_first_line_ = level.first_line;
    parts_.insert(parts_.end(), level.points.begin(), level.points.end());
  }

  void close_braces(std::size_t line) {
    TapLevel level = std::move(levels_.back());
    levels_.pop_back();
    require_plan_met(level, fmt::format("line {}: a subtest's ", level.first_line + 1));
    level.owner->last_line = line;
    add_with_parts(levels_.back(), *std::move(level.owner), std::move(level.points));
  }

  void close_document() {
    while (levels_.size() > 1) close_parts(line_);
    TapLevel level = std::exchange(levels_.front(), TapLevel{});
    const std::vector<TapPoint> orphans = std::exchange(parts_, {});
    const std::string heading = std::exchange(heading_, "");
    const std::string prefix = heading.empty() ? "" : heading + " > ";
    for (const TapPoint& point : orphans) add_test(report_.inventory, prefix + point.name, point.end);
    if (level.is_empty()) return;
    if (!level.planned) throw Error("it has no plan (1..N), so that it may be cut short");
    require_plan_met(level, heading.empty() ? "its " : heading + ": its ");
    if (level.planned == 0 && !heading.empty()) add_test(report_.inventory, heading, TestEnd::skipped);
    for (const TapPoint& point : level.points) add_test(report_.inventory, prefix + point.name, point.end);
    for (const TapPoint& point : level.points) {
      if (point.end == TestEnd::passed && !point.is_part) {
        report_.passed.push_back({point.first_line, point.last_line, report_.plan_lines.size()});
      }
    }
    report_.plan_lines.push_back(level.plan_line);
  }

  static constexpr std::size_t kDeepest = 100;  ///< levels; what is indented more counts with the deepest

  TapReport report_;
  std::vector<TapLevel> levels_ = {TapLevel{}};
  std::vector<TapPoint> parts_;  ///< wait for the test that they belong to
  std::size_t parts_first_line_ = 0;
  std::string heading_;
  std::optional<std::size_t> yaml_indent_;
  bool is_after_test_ = false;
  TapSummaries summaries_;
  std::size_t line_ = 0;
};

}  // namespace

TapReport read_tap(std::string_view text) {
  TapReader reader;
  for_each_line(text, [&](std::string_view line) { reader.take(line); });
  return reader.finish();
}

TestInventory parse_tap(std::string_view text) {
  return read_tap(text).inventory;
}

}  // namespace assay::trial
