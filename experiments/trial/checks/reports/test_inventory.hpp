#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.hpp"

namespace assay::trial {

/// How the tests of one name ended; parametrised tests share a name.
struct TestTally {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  std::int64_t assertions = 0;  ///< 0 if the report does not count them
  bool flaky = false;           ///< true if it failed, was run again and passed
  friend bool operator==(const TestTally&, const TestTally&) = default;
};

/// The tests that a trial ran, by name.
struct TestInventory {
  std::map<std::string, TestTally> tests;
  std::map<std::string, std::int64_t> suite_assertions;  ///< if the report counts them by suite
  friend bool operator==(const TestInventory&, const TestInventory&) = default;
};

enum class TestEnd { passed, failed, skipped };

/// Counts one more ending of a test. If it failed before and passes now, it was run again and is flaky.
void add_test(TestInventory& inventory, const std::string& name, TestEnd end);

/// Reads a report:
/// - junit: JUnit's XML as Ant, Maven Surefire, pytest, GoogleTest and ctest write it; flakyFailure and flakyError,
///   skipped, disabled and notrun, and `assertions` of a case or suite are understood;
/// - tap: the Test Anything Protocol, versions 12 to 14, with subtests; TODO counts as skipped;
/// - ctest: what ctest prints, or the XML of `ctest --output-junit`.
/// \throws Error for a report that is cut short, cannot be read, or holds no test.
[[nodiscard]] TestInventory parse_report(ReportFormat format, std::string_view text);

/// What this inventory lacks compared with the reference, in words: a test that is missing, skipped, failed, or makes
/// fewer assertions. A new test must not have failed. Empty if nothing is lost.
[[nodiscard]] std::optional<std::string> what_is_lost(const TestInventory& reference, const TestInventory& inventory);

/// The names of the flaky tests, in byte order.
[[nodiscard]] std::vector<std::string> flaky_tests(const TestInventory& inventory);

// The readers behind `parse_report`, one for each format.
[[nodiscard]] TestInventory parse_junit(std::string_view text);
[[nodiscard]] TestInventory parse_tap(std::string_view text);
[[nodiscard]] TestInventory parse_ctest(std::string_view text);

}  // namespace assay::trial
