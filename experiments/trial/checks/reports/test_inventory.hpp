#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.hpp"

namespace assay::trial {

/// Tests that a report counts in its totals and does not list.
struct UnlistedTests {
  std::int64_t tests = 0;
  std::int64_t failed = 0;
  std::int64_t skipped = 0;
  friend bool operator==(const UnlistedTests&, const UnlistedTests&) = default;
};

/// How the tests of one name ended; parametrised tests share a name.
struct TestTally {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  std::int64_t assertions = 0;  ///< 0 if the report does not count them
  bool flaky = false;           ///< true if it failed, was run again and passed
  friend bool operator==(const TestTally&, const TestTally&) = default;
};

/// The tests that a trial ran, by name. Names include the suites, or the test file that a driver announced.
struct TestInventory {
  std::map<std::string, TestTally> tests;
  std::map<std::string, std::int64_t> suite_assertions;  ///< if the report counts them by suite
  std::map<std::string, UnlistedTests> unlisted = {};    ///< by what states the totals; only if it lists too few
  /// Only in a reference: the passes that there must be in all, since some names change from trial to trial.
  std::optional<std::int64_t> passed_in_all = {};
  /// How the tests really ended that are declared flaky: in `tests` their failures are passes.
  std::map<std::string, TestTally> declared_flaky = {};
  friend bool operator==(const TestInventory&, const TestInventory&) = default;
};

enum class TestEnd { passed, failed, skipped };

/// The name under which a test is counted: valid text, in which an address in memory (0x and at least eight digits, as
/// pytest writes it for objects) is "0x*", since it is another one in each process.
[[nodiscard]] std::string name_of_test(std::string_view text);

/// Counts one more ending of a test. If it failed before and passes now, it was run again and is flaky.
void add_test(TestInventory& inventory, const std::string& name, TestEnd end);

/// Adds up what totals state beyond what is listed; none of it is as if there were no total.
void add_unlisted(TestInventory& inventory, const std::string& where, const UnlistedTests& unlisted);

/// Reads a report:
/// - junit: JUnit's XML as Ant, Maven Surefire, pytest, GoogleTest, node, jest and ctest write it. A failure or error
///   counts wherever it stands, and a status that is not known is no pass. flakyFailure and flakyError, skipped,
///   disabled and notrun, and `assertions` of a case or suite are understood;
/// - tap: the Test Anything Protocol, versions 12 to 14, with subtests in both forms and several documents in one
///   stream; TODO counts as skipped;
/// - ctest: what ctest prints, or the XML of `ctest --output-junit`.
/// \throws Error for a report that is cut short, cannot be read, or holds no test.
[[nodiscard]] TestInventory parse_report(ReportFormat format, std::string_view text);

/// What this inventory lacks compared with the reference, in words: a test that is missing, skipped, failed, or makes
/// fewer assertions; more tests than in the reference that are counted and not listed. A new test must not have failed.
/// Empty if nothing is lost.
[[nodiscard]] std::optional<std::string> what_is_lost(const TestInventory& reference, const TestInventory& inventory);

/// The names of the flaky tests, in byte order.
[[nodiscard]] std::vector<std::string> flaky_tests(const TestInventory& inventory);

/// The names of the tests that failed more often than in the reference, in byte order; at most 100.
[[nodiscard]] std::vector<std::string> failed_tests(const TestInventory& reference, const TestInventory& inventory);

/// Lets the tests fail whose names match one of these patterns, with or without their suites. Nothing but that they are
/// run is left to compare, so their assertions and those of their suites are no longer counted.
void allow_failures(TestInventory& inventory, const std::vector<std::string>& patterns);

/// Of all runs of the tests that match the pattern, in all of these reports, the share that passed. A run that passed
/// only when it was repeated counts as one that failed. Empty if no such test was run.
[[nodiscard]] std::optional<double> passed_share(const std::vector<const TestInventory*>& inventories,
                                                 const std::string& pattern);

// The readers behind `parse_report`, one for each format.
[[nodiscard]] TestInventory parse_junit(std::string_view text);
[[nodiscard]] TestInventory parse_tap(std::string_view text);
[[nodiscard]] TestInventory parse_ctest(std::string_view text);

}  // namespace assay::trial
