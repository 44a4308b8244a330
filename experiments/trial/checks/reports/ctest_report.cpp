#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/text/taken.hpp"
#include "core/text/trimmed.hpp"
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
  const std::size_t dots = line.rfind("..");  // an end that nobody knows is no pass
  if (trimmed(line).ends_with(" sec") && dots != std::string_view::npos) return FoundEnd{dots, TestEnd::failed};
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

std::int64_t number_after(std::string_view line, std::string_view words) {
  std::int64_t number = 0;
  if (const std::size_t at = line.find(words); at != std::string_view::npos) {
    std::from_chars(line.data() + at + words.size(), line.data() + line.size(), number);
  }
  return number;
}

/// What ctest sums up below its list. A stream of several runs counts as its largest sums.
class Summary {
 public:
  void take(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.find("% tests passed") != std::string_view::npos) {
      take_totals(text);
    } else if (text.starts_with("The following tests FAILED")) {
      list_ = &named_failed_;
      failed_ = std::max<std::int64_t>(failed_, 1);
    } else if (text.starts_with("The following tests did not run")) {
      list_ = &named_skipped_;
      skipped_ = std::max<std::int64_t>(skipped_, 1);
    } else if (text.starts_with("Errors while running CTest")) {
      failed_ = std::max<std::int64_t>(failed_, 1);
    } else if (list_ != nullptr) {
      take_name(text);
    }
  }

  [[nodiscard]] bool has_totals() const { return has_totals_; }

  /// Tests that were disabled are listed and in no total; those that failed before they passed are only in the list.
  [[nodiscard]] UnlistedTests beyond(const TestInventory& inventory) const {
    const auto listed = static_cast<std::int64_t>(inventory.tests.size());
    std::int64_t failed = 0;
    std::int64_t skipped = 0;
    for (const auto& [name, tally] : inventory.tests) {
      failed += tally.failed > 0 ? 1 : 0;
      skipped += tally.skipped > 0 ? 1 : 0;
    }
    const auto is_skipped = [](const TestTally& tally) { return tally.skipped > 0; };
    // A program that is missing is "Not Run" in the list and among those that failed.
    const auto is_bad = [](const TestTally& tally) { return tally.failed > 0 || tally.skipped > 0; };
    return {std::max<std::int64_t>(tests_ - listed, 0),
            std::max(failed_ - failed, count_others(named_failed_, inventory, is_bad)),
            std::max(skipped_ - skipped, count_others(named_skipped_, inventory, is_skipped))};
  }

 private:
  /// "67% tests passed, 1 tests failed out of 3": less than 100 % only if one failed.
  void take_totals(std::string_view line) {
    has_totals_ = true;
    list_ = nullptr;
    tests_ = std::max(tests_, number_after(line, " failed out of "));
    failed_ = std::max(failed_, number_after(line, "% tests passed, "));
    if (!line.starts_with("100%") && tests_ > 0) failed_ = std::max<std::int64_t>(failed_, 1);
  }

  /// "\t  2 - name (Failed)", with labels behind it in newer versions
  void take_name(std::string_view text) {
    const bool is_number = take_number(text).has_value();
    const std::size_t end = text.rfind(" (");
    if (!is_number || !take_prefix(text, " - ") || end == std::string_view::npos) {
      if (!text.empty()) list_ = nullptr;
      return;
    }
    const std::string_view name = text.substr(0, text.rfind(" ("));
    list_->push_back(name_of_test(name.substr(0, name.find_last_not_of(" .") + 1)));
  }

  template <typename Predicate>
  static std::int64_t count_others(const std::vector<std::string>& names, const TestInventory& inventory,
                                   const Predicate& is_as_named) {
    return std::count_if(names.begin(), names.end(), [&](const std::string& name) {
      const auto found = inventory.tests.find(name);
      return found == inventory.tests.end() || !is_as_named(found->second);
    });
  }

  std::int64_t tests_ = 0;
  std::int64_t failed_ = 0;
  std::int64_t skipped_ = 0;
  std::vector<std::string> named_failed_;
  std::vector<std::string> named_skipped_;
  std::vector<std::string>* list_ = nullptr;  ///< the list that is being read
  bool has_totals_ = false;
};

}  // namespace

TestInventory parse_ctest(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin != std::string_view::npos && text[begin] == '<') return parse_junit(text);
  TestInventory inventory;
  Summary summary;
  for_each_line(text, [&](std::string_view line) {
    take_line(line, inventory);
    summary.take(line);
  });
  if (!summary.has_totals() && !inventory.tests.empty()) {
    throw Error("it is cut short: the line \"...% tests passed\" is missing");
  }
  add_unlisted(inventory, "ctest", summary.beyond(inventory));
  return inventory;
}

}  // namespace assay::trial
