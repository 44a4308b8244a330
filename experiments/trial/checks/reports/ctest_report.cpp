#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/error.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"
#include "experiments/trial/text_lines.hpp"

namespace assay::trial {
namespace {

/// The position of the ending in a line, and which it is: "   Passed", "***Failed", "***Not Run (Disabled)".
struct FoundEnd {
  std::size_t at = 0;
  TestEnd end = TestEnd::failed;
};

std::optional<FoundEnd> find_end(std::string_view line) {
  if (const std::size_t stars = line.rfind("***"); stars != std::string_view::npos) {
    const std::string_view word = line.substr(stars + 3);
    const bool skipped = word.starts_with("Skipped") || word.starts_with("Not Run");
    return FoundEnd{stars, skipped ? TestEnd::skipped : TestEnd::failed};
  }
  if (const std::size_t passed = line.rfind(" Passed "); passed != std::string_view::npos) {
    return FoundEnd{passed, TestEnd::passed};
  }
  return std::nullopt;
}

/// "  3/12 Test  #3: parses the file .....   Passed    0.01 sec". A test that is run again (--repeat until-pass) has
/// such a line each time, less the count.
void take_line(std::string_view line, TestInventory& inventory) {
  const std::size_t mark = line.find("Test ");
  if (mark == std::string_view::npos) return;
  const std::size_t number = line.find_first_not_of(' ', mark + 5);
  if (number == std::string_view::npos || line[number] != '#') return;
  const std::size_t colon = line.find(": ", number);
  if (colon == std::string_view::npos) return;
  const std::optional<FoundEnd> end = find_end(line);
  if (!end || end->at <= colon) return;
  std::string_view name = line.substr(colon + 2, end->at - colon - 2);
  name = name.substr(0, name.find_last_not_of(" .") + 1);
  add_test(inventory, std::string(name), end->end);
}

/// "67% tests passed, 1 tests failed out of 3"
struct Totals {
  std::int64_t failed = 0;
  std::int64_t tests = 0;
};

std::int64_t number_after(std::string_view line, std::string_view words) {
  std::int64_t number = 0;
  if (const std::size_t at = line.find(words); at != std::string_view::npos) {
    std::from_chars(line.data() + at + words.size(), line.data() + line.size(), number);
  }
  return number;
}

std::optional<Totals> totals_in(std::string_view line) {
  if (line.find("% tests passed") == std::string_view::npos) return std::nullopt;
  return Totals{number_after(line, "% tests passed, "), number_after(line, " failed out of ")};
}

/// Tests that were disabled are listed and in no total; those that failed before they passed are only in the list.
UnlistedTests unlisted_in(const TestInventory& inventory, const Totals& totals) {
  std::int64_t failed = 0;
  for (const auto& [name, tally] : inventory.tests) failed += tally.failed > 0 ? 1 : 0;
  const auto listed = static_cast<std::int64_t>(inventory.tests.size());
  return {std::max<std::int64_t>(totals.tests - listed, 0), std::max<std::int64_t>(totals.failed - failed, 0), 0};
}

}  // namespace

TestInventory parse_ctest(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin != std::string_view::npos && text[begin] == '<') return parse_junit(text);
  TestInventory inventory;
  std::optional<Totals> totals;
  for_each_line(text, [&](std::string_view line) {
    take_line(line, inventory);
    if (const std::optional<Totals> found = totals_in(line)) totals = found;
  });
  if (!totals && !inventory.tests.empty()) throw Error("it is cut short: the line \"...% tests passed\" is missing");
  if (totals) add_unlisted(inventory, "ctest", unlisted_in(inventory, *totals));
  return inventory;
}

}  // namespace assay::trial
