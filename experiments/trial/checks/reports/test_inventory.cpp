#include "experiments/trial/checks/reports/test_inventory.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::trial {
namespace {

/// Collects what is wrong; names the first and counts the rest.
class Losses {
 public:
  void add(std::string loss) {
    if (count_++ == 0) first_ = std::move(loss);
  }
  [[nodiscard]] std::optional<std::string> in_words() const {
    if (count_ == 0) return std::nullopt;
    return count_ == 1 ? first_ : fmt::format("{}, and {} more", first_, count_ - 1);
  }

 private:
  int count_ = 0;
  std::string first_;
};

void compare_test(const std::string& name, const TestTally& reference, const TestTally& tally, Losses& losses) {
  if (tally.failed > reference.failed) {
    losses.add(fmt::format("test {} failed", name));
  } else if (tally.passed < reference.passed && tally.skipped > reference.skipped) {
    losses.add(fmt::format("test {} is skipped, and was run in control", name));
  } else if (tally.passed < reference.passed) {
    losses.add(fmt::format("test {} passed {} times, in control {}", name, tally.passed, reference.passed));
  } else if (tally.assertions < reference.assertions) {
    losses.add(fmt::format("test {} makes {} assertions, in control {}", name, tally.assertions, reference.assertions));
  }
}

void compare_totals(const std::string& where, const UnlistedTests& reference, const UnlistedTests& unlisted,
                    Losses& losses) {
  if (unlisted.failed > reference.failed) {
    losses.add(fmt::format("{} states {} more failures than it lists", where, unlisted.failed));
  } else if (unlisted.tests > reference.tests) {
    losses.add(fmt::format("{} states {} more tests than it lists", where, unlisted.tests));
  } else if (unlisted.skipped > reference.skipped) {
    losses.add(fmt::format("{} states {} more skipped tests than it lists", where, unlisted.skipped));
  }
}

/// The name of a test without the suites around it.
std::string_view bare_name(std::string_view name) {
  constexpr std::string_view kSeparator = " > ";
  const std::size_t last = name.rfind(kSeparator);
  return last == std::string_view::npos ? name : name.substr(last + kSeparator.size());
}

bool is_named_by(const std::string& pattern, const std::string& name) {
  return name_matches(pattern, name) || name_matches(pattern, bare_name(name));
}

std::int64_t passed_in_all(const TestInventory& inventory) {
  std::int64_t passed = 0;
  for (const auto& [name, tally] : inventory.tests) passed += tally.passed;
  return passed;
}

}  // namespace

std::string name_of_test(std::string_view text) {
  constexpr std::string_view kMark = "0x";
  constexpr std::size_t kFewestDigits = 8;
  const std::string valid = valid_text(text);
  std::string name;
  for (std::size_t place = 0; place < valid.size();) {
    const std::size_t start = valid.find(kMark, place);
    if (start == std::string::npos) return name + valid.substr(place);
    const std::size_t digits = start + kMark.size();
    const std::size_t end = std::min(valid.find_first_not_of("0123456789abcdefABCDEF", digits), valid.size());
    name += valid.substr(place, digits - place);
    name += end - digits >= kFewestDigits ? "*" : valid.substr(digits, end - digits);
    place = end;
  }
  return name;
}

void add_test(TestInventory& inventory, const std::string& name, TestEnd end) {
  TestTally& tally = inventory.tests[name_of_test(name)];
  switch (end) {
    case TestEnd::skipped:
      ++tally.skipped;
      break;
    case TestEnd::failed:
      ++tally.failed;
      break;
    case TestEnd::passed:
      ++tally.passed;
      tally.flaky = tally.flaky || tally.failed > 0;
      tally.failed = 0;
      break;
  }
}

void add_unlisted(TestInventory& inventory, const std::string& where, const UnlistedTests& unlisted) {
  if (unlisted == UnlistedTests{}) return;
  UnlistedTests& sum = inventory.unlisted[valid_text(where)];
  sum.tests += unlisted.tests;
  sum.failed += unlisted.failed;
  sum.skipped += unlisted.skipped;
}

TestInventory parse_report(ReportFormat format, std::string_view text) {
  TestInventory inventory;
  switch (format) {
    case ReportFormat::junit:
      inventory = parse_junit(text);
      break;
    case ReportFormat::tap:
      inventory = parse_tap(text);
      break;
    case ReportFormat::ctest:
      inventory = parse_ctest(text);
      break;
  }
  if (inventory.tests.empty()) throw Error("it holds no test");
  return inventory;
}

std::optional<std::string> what_is_lost(const TestInventory& reference, const TestInventory& inventory) {
  Losses losses;
  for (const auto& [name, expected] : reference.tests) {
    const auto found = inventory.tests.find(name);
    if (found == inventory.tests.end()) {
      losses.add(fmt::format("test {} is missing", name));
    } else {
      compare_test(name, expected, found->second, losses);
    }
  }
  for (const auto& [name, tally] : inventory.tests) {
    if (!reference.tests.contains(name)) compare_test(name, {}, tally, losses);
  }
  if (const std::int64_t passed = passed_in_all(inventory); passed < reference.passed_in_all.value_or(0)) {
    losses.add(fmt::format("{} tests passed, in control {} (names of some tests change from trial to trial)", passed,
                           *reference.passed_in_all));
  }
  for (const auto& [where, unlisted] : inventory.unlisted) {
    const auto expected = reference.unlisted.find(where);
    compare_totals(where, expected == reference.unlisted.end() ? UnlistedTests{} : expected->second, unlisted, losses);
  }
  for (const auto& [suite, expected] : reference.suite_assertions) {
    const auto found = inventory.suite_assertions.find(suite);
    const std::int64_t count = found == inventory.suite_assertions.end() ? 0 : found->second;
    if (count < expected)
      losses.add(fmt::format("suite {} makes {} assertions, in control {}", suite, count, expected));
  }
  return losses.in_words();
}

std::vector<std::string> flaky_tests(const TestInventory& inventory) {
  std::vector<std::string> names;
  for (const auto& [name, tally] : inventory.tests) {
    if (tally.flaky) names.push_back(name);
  }
  return names;
}

std::vector<std::string> failed_tests(const TestInventory& reference, const TestInventory& inventory) {
  constexpr std::size_t kMostNames = 100;
  std::vector<std::string> names;
  for (const auto& [name, tally] : inventory.tests) {
    const auto expected = reference.tests.find(name);
    const int allowed = expected == reference.tests.end() ? 0 : expected->second.failed;
    if (tally.failed > allowed && names.size() < kMostNames) names.push_back(name);
  }
  return names;
}

void allow_failures(TestInventory& inventory, const std::vector<std::string>& patterns) {
  for (auto& [name, tally] : inventory.tests) {
    const auto names_it = [&name = name](const std::string& pattern) { return is_named_by(pattern, name); };
    if (std::none_of(patterns.begin(), patterns.end(), names_it)) continue;
    inventory.declared_flaky[name] = tally;
    tally = {.passed = tally.passed + tally.failed, .failed = 0, .skipped = tally.skipped, .assertions = 0};
    std::erase_if(inventory.suite_assertions,
                  [&name = name](const auto& suite) { return name.starts_with(suite.first); });
  }
}

std::optional<double> passed_share(const std::vector<const TestInventory*>& inventories, const std::string& pattern) {
  int passed = 0;
  int failed = 0;
  for (const TestInventory* inventory : inventories) {
    for (const auto& [name, counted] : inventory->tests) {
      if (!is_named_by(pattern, name)) continue;
      const auto flaky = inventory->declared_flaky.find(name);
      const TestTally& tally = flaky == inventory->declared_flaky.end() ? counted : flaky->second;
      const int repeated = tally.flaky ? 1 : 0;
      passed += tally.passed - repeated;
      failed += tally.failed + repeated;
    }
  }
  if (passed + failed == 0) return std::nullopt;
  return static_cast<double>(passed) / (passed + failed);
}

}  // namespace assay::trial
