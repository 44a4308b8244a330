#include "experiments/trial/checks/reports/test_inventory.hpp"

#include <gtest/gtest.h>

#include "experiments/trial/checks/reports/mutilated_report.hpp"
#include "tests/support/message_of.hpp"

namespace assay::trial {
namespace test_inventory_tests {

constexpr TestTally kPassed{.passed = 1};
constexpr TestTally kSkipped{.skipped = 1};
constexpr TestTally kFailed{.failed = 1};

/// As pytest writes it.
const std::string kPytest =
    R"(<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest" errors="0" failures="1" skipped="1")"
    R"( tests="3"><testcase classname="tests.test_io" name="test_open" time="0.001" />)"
    R"(<testcase classname="tests.test_io" name="test_gone" time="0.0"><skipped type="pytest.skip" message="no">x)"
    R"(</skipped></testcase><testcase classname="tests.test_io" name="test_bad"><failure message="no">y</failure>)"
    R"(</testcase></testsuite></testsuites>)";

/// As `ctest --repeat until-pass:2` prints it.
const std::string kCtest =
    "    Start 1: a\n1/4 Test #1: a ................................   Passed    0.00 sec\n"
    "2/4 Test #2: name with. blanks... .............   Passed    0.00 sec\n"
    "3/4 Test #3: off ..............................***Not Run (Disabled)   0.00 sec\n"
    "4/4 Test #4: flaky ............................***Failed    0.00 sec\n"
    "    Start 4: flaky\n    Test #4: flaky ............................   Passed    0.00 sec\n\n"
    "100% tests passed, 0 tests failed out of 3\n";

const std::string kTap =
    "TAP version 14\n1..4\nok 1 - opens\nnot ok 2 - saves # TODO later\nok 3 - closes # skip no disk\n"
    "    1..1\n    ok 1 - part\nok 4 - has parts\n";

std::string lost(const TestInventory& reference, const TestInventory& inventory) {
  return what_is_lost(reference, inventory).value_or("");
}

std::string mistake_in(ReportFormat format, const std::string& text) {
  return test::message_of([&] { (void)parse_report(format, text); });
}

TEST(JunitReport, TellsPassedSkippedAndFailedTests) {
  const TestInventory inventory = parse_junit(kPytest);
  EXPECT_EQ(inventory.tests.size(), 3U);
  EXPECT_EQ(inventory.tests.at("tests.test_io.test_open"), kPassed);
  EXPECT_EQ(inventory.tests.at("tests.test_io.test_gone"), kSkipped);
  EXPECT_EQ(inventory.tests.at("tests.test_io.test_bad"), kFailed);
}

TEST(JunitReport, TakesGoogleTestsAndCtestsWordsForSkipped) {
  const TestInventory inventory = parse_junit(
      R"(<testsuites><testsuite name="s"><testcase name="a" status="notrun" result="suppressed" classname="s"/>)"
      R"(<testcase name="b" status="run" result="skipped" classname="s"/></testsuite></testsuites>)");
  EXPECT_EQ(inventory.tests.at("s.a"), kSkipped);
  EXPECT_EQ(inventory.tests.at("s.b"), kSkipped);
  const TestInventory of_ctest = parse_report(
      ReportFormat::ctest, R"(<testsuite name="x"><testcase name="d" classname="d" status="disabled"/></testsuite>)");
  EXPECT_EQ(of_ctest.tests.at("d"), kSkipped);
}

TEST(JunitReport, FindsTestsThatPassedOnARerun) {
  const TestInventory surefire =
      parse_junit(R"(<testsuite name="s"><testcase classname="s" name="a"><flakyFailure/></testcase></testsuite>)");
  EXPECT_EQ(flaky_tests(surefire), std::vector<std::string>{"s.a"});
  const TestInventory twice =
      parse_junit(R"(<testsuite name="s"><testcase name="a"><failure/></testcase><testcase name="a"/></testsuite>)");
  EXPECT_EQ(flaky_tests(twice), std::vector<std::string>{"a"});
}

TEST(JunitReport, CountsAssertionsOfCasesAndSuites) {
  const TestInventory inventory =
      parse_junit(R"(<testsuite name="s" assertions="7"><testcase name="a" assertions="3"/></testsuite>)");
  EXPECT_EQ(inventory.tests.at("a").assertions, 3);
  EXPECT_EQ(inventory.suite_assertions.at("s"), 7);
}

TEST(JunitReport, IsRefusedWhereItIsCutShortOrNone) {
  EXPECT_NE(mistake_in(ReportFormat::junit, kPytest.substr(0, 300)).find("not whole XML"), std::string::npos);
  EXPECT_NE(mistake_in(ReportFormat::junit, "<html></html>").find("its root is <html>"), std::string::npos);
  EXPECT_EQ(mistake_in(ReportFormat::junit, "<testsuites></testsuites>"), "it holds no test");
}

TEST(TapReport, TellsPassedAndSkippedTestsAndTheirParts) {
  const TestInventory inventory = parse_tap(kTap);
  EXPECT_EQ(inventory.tests.at("opens"), kPassed);
  EXPECT_EQ(inventory.tests.at("saves"), kSkipped);
  EXPECT_EQ(inventory.tests.at("closes"), kSkipped);
  EXPECT_EQ(inventory.tests.at("has parts"), kPassed);
  EXPECT_EQ(inventory.tests.at("has parts > part"), kPassed);
}

TEST(TapReport, NumbersTestsWithoutADescription) {
  EXPECT_EQ(parse_tap("1..2\nok 1\nnot ok 2\n").tests.at("#2"), kFailed);
}

TEST(TapReport, IsRefusedWhereItIsCutShort) {
  EXPECT_EQ(mistake_in(ReportFormat::tap, "1..3\nok 1 - a\n"), "its plan says 3 tests, and 1 are reported");
  EXPECT_NE(mistake_in(ReportFormat::tap, "ok 1 - a\n").find("no plan"), std::string::npos);
  EXPECT_NE(mistake_in(ReportFormat::tap, "1..2\nok 1\nBail out! no disk\n").find("no disk"), std::string::npos);
}

TEST(CtestReport, ReadsWhatCtestPrints) {
  const TestInventory inventory = parse_ctest(kCtest);
  EXPECT_EQ(inventory.tests.at("a"), kPassed);
  EXPECT_EQ(inventory.tests.at("name with. blanks"), kPassed);
  EXPECT_EQ(inventory.tests.at("off"), kSkipped);
  EXPECT_EQ(flaky_tests(inventory), std::vector<std::string>{"flaky"});
}

TEST(CtestReport, IsRefusedWhereItsEndIsMissing) {
  EXPECT_NE(mistake_in(ReportFormat::ctest, kCtest.substr(0, 120)).find("cut short"), std::string::npos);
}

TEST(TestInventory, LosesNothingWhereTestsAreAdded) {
  EXPECT_EQ(lost({{{"a", kPassed}}, {}}, {{{"a", kPassed}, {"b", kPassed}}, {}}), "");
}

TEST(TestInventory, NamesWhatIsMissingSkippedOrFailed) {
  const TestInventory reference{{{"a", kPassed}}, {}};
  EXPECT_EQ(lost(reference, {{{"b", kPassed}}, {}}), "test a is missing");
  EXPECT_EQ(lost(reference, {{{"a", kSkipped}}, {}}), "test a is skipped, and was run in control");
  EXPECT_EQ(lost(reference, {{{"a", kFailed}}, {}}), "test a failed");
  EXPECT_EQ(lost(reference, {{{"a", kPassed}, {"b", kFailed}}, {}}), "test b failed");
}

TEST(TestInventory, CountsTestsOfOneName) {
  EXPECT_EQ(lost({{{"a", {.passed = 3}}}, {}}, {{{"a", {.passed = 2}}}, {}}), "test a passed 2 times, in control 3");
}

TEST(TestInventory, FindsFewerAssertions) {
  EXPECT_EQ(lost({{{"a", {.passed = 1, .assertions = 5}}}, {}}, {{{"a", kPassed}}, {}}),
            "test a makes 0 assertions, in control 5");
  EXPECT_EQ(lost({{{"a", kPassed}}, {{"s", 7}}}, {{{"a", kPassed}}, {{"s", 6}}}),
            "suite s makes 6 assertions, in control 7");
}

TEST(TestInventory, ForgivesWhatControlLacksToo) {
  EXPECT_EQ(lost({{{"a", kSkipped}, {"b", kFailed}}, {}}, {{{"a", kSkipped}, {"b", kFailed}}, {}}), "");
}

TEST(TestInventory, NamesTheFirstLossAndCountsTheRest) {
  EXPECT_EQ(lost({{{"a", kPassed}, {"b", kPassed}, {"c", kPassed}}, {}}, {}), "test a is missing, and 2 more");
}

TEST(MutilatedReport, LosesExactlyOneTestThatPassed) {
  const std::vector<std::pair<ReportFormat, std::string>> reports = {
      {ReportFormat::junit, kPytest}, {ReportFormat::tap, kTap}, {ReportFormat::ctest, kCtest}};
  for (const auto& [format, text] : reports) {
    const TestInventory whole = parse_report(format, text);
    const TestInventory less = parse_report(format, without_one_test(format, text).value());
    EXPECT_EQ(less.tests.size() + 1, whole.tests.size()) << to_string(format);
    EXPECT_TRUE(what_is_lost(whole, less).has_value()) << to_string(format);
  }
}

TEST(MutilatedReport, IsNoneWhereNothingPassed) {
  EXPECT_EQ(without_one_test(ReportFormat::tap, "1..1\nnot ok 1 - a\n"), std::nullopt);
}

}  // namespace test_inventory_tests
}  // namespace assay::trial
