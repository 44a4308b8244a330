#include "experiments/trial/checks/reports/mutilated_report.hpp"

#include <pugixml.hpp>
#include <sstream>

#include <fmt/format.h>

#include "experiments/trial/metrics/text_lines.hpp"

namespace assay::trial {
namespace {

std::optional<std::string> junit_without_one(std::string_view text) {
  pugi::xml_document document;
  if (!document.load_buffer(text.data(), text.size())) return std::nullopt;
  const pugi::xml_node test = document.select_node("//testcase[not(failure) and not(error) and not(skipped)]").node();
  if (!test || !test.parent().remove_child(test)) return std::nullopt;
  std::ostringstream rest;
  document.save(rest);
  return rest.str();
}

bool is_tap_pass(std::string_view line) {
  return line.starts_with("ok ") && line.find('#') == std::string_view::npos;
}

/// The plan is adjusted, so that counting tests is not enough to find the loss.
std::optional<std::string> tap_without_one(std::string_view text) {
  std::string rest;
  bool removed = false;
  int kept = 0;
  for_each_line(text, [&](std::string_view line) {
    if (line.starts_with("1..")) return;
    if (!removed && is_tap_pass(line)) {
      removed = true;
      return;
    }
    kept += line.starts_with("ok") || line.starts_with("not ok") ? 1 : 0;
    rest += fmt::format("{}\n", line);
  });
  if (!removed) return std::nullopt;
  return fmt::format("{}1..{}\n", rest, kept);
}

std::optional<std::string> ctest_without_one(std::string_view text) {
  if (text.substr(0, text.find_first_not_of(" \t\r\n") + 1).ends_with('<')) return junit_without_one(text);
  std::string rest;
  bool removed = false;
  for_each_line(text, [&](std::string_view line) {
    const bool passed =
        line.find(" Test ") != std::string_view::npos && line.find(" Passed ") != std::string_view::npos;
    if (passed && !removed) {
      removed = true;
    } else {
      rest += fmt::format("{}\n", line);
    }
  });
  return removed ? std::optional(rest) : std::nullopt;
}

}  // namespace

std::optional<std::string> without_one_test(ReportFormat format, std::string_view text) {
  switch (format) {
    case ReportFormat::junit:
      return junit_without_one(text);
    case ReportFormat::tap:
      return tap_without_one(text);
    case ReportFormat::ctest:
      return ctest_without_one(text);
  }
  return std::nullopt;
}

}  // namespace assay::trial
