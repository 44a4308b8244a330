#include "experiments/trial/checks/reports/mutilated_report.hpp"

#include <pugixml.hpp>
#include <sstream>

#include <fmt/format.h>

#include "core/text/trimmed.hpp"
#include "experiments/trial/checks/reports/tap_line.hpp"
#include "experiments/trial/checks/reports/tap_report.hpp"
#include "experiments/trial/text_lines.hpp"

namespace assay::trial {
namespace {

std::optional<std::string> junit_without_one(std::string_view text, std::size_t skipped) {
  pugi::xml_document document;
  if (!document.load_buffer(text.data(), text.size())) return std::nullopt;
  const pugi::xpath_node_set passed = document.select_nodes("//testcase[not(failure) and not(error) and not(skipped)]");
  if (passed.size() <= skipped) return std::nullopt;
  const pugi::xml_node test = passed[skipped].node();
  pugi::xml_node parent = test.parent();
  if (!parent.remove_child(test)) return std::nullopt;
  for (pugi::xml_node suite = parent; suite; suite = suite.parent()) {
    if (pugi::xml_attribute tests = suite.attribute("tests")) tests.set_value(tests.as_llong() - 1);
  }
  std::ostringstream rest;
  document.save(rest);
  return rest.str();
}

/// The plan of its document is adjusted, so that counting tests is not enough to find the loss.
std::optional<std::string> tap_without_one(std::string_view text, std::size_t skipped) {
  const TapReport report = read_tap(text);
  if (report.passed.size() <= skipped) return std::nullopt;
  const TapLines& removed = report.passed[skipped];
  std::string rest;
  std::size_t line_number = 0;
  for_each_line(text, [&](std::string_view line) {
    const std::size_t at = line_number++;
    if (at >= removed.first && at <= removed.last) return;
    if (at == report.plan_lines[removed.document]) {
      rest += fmt::format("1..{}\n", tap_plan(trimmed(line)).value_or(1) - 1);
    } else {
      rest += fmt::format("{}\n", line);
    }
  });
  return rest;
}

std::optional<std::string> ctest_without_one(std::string_view text, std::size_t skipped) {
  if (text.substr(0, text.find_first_not_of(" \t\r\n") + 1).ends_with('<')) return junit_without_one(text, skipped);
  std::string rest;
  bool removed = false;
  std::size_t seen = 0;
  for_each_line(text, [&](std::string_view line) {
    const bool passed =
        line.find(" Test ") != std::string_view::npos && line.find(" Passed ") != std::string_view::npos;
    if (passed && !removed && seen++ == skipped) {
      removed = true;
    } else {
      rest += fmt::format("{}\n", line);
    }
  });
  return removed ? std::optional(rest) : std::nullopt;
}

}  // namespace

std::optional<std::string> without_one_test(ReportFormat format, std::string_view text, std::size_t skipped) {
  switch (format) {
    case ReportFormat::junit:
      return junit_without_one(text, skipped);
    case ReportFormat::tap:
      return tap_without_one(text, skipped);
    case ReportFormat::ctest:
      return ctest_without_one(text, skipped);
  }
  return std::nullopt;
}

}  // namespace assay::trial
