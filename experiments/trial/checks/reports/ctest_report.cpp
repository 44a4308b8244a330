#include <optional>

#include "core/error.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"
#include "experiments/trial/metrics/text_lines.hpp"

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

}  // namespace

TestInventory parse_ctest(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin != std::string_view::npos && text[begin] == '<') return parse_junit(text);
  TestInventory inventory;
  bool finished = false;
  for_each_line(text, [&](std::string_view line) {
    take_line(line, inventory);
    finished = finished || line.find("% tests passed") != std::string_view::npos;
  });
  if (!finished && !inventory.tests.empty()) throw Error("it is cut short: the line \"...% tests passed\" is missing");
  return inventory;
}

}  // namespace assay::trial
