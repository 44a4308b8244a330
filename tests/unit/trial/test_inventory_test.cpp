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
  EXPECT_EQ(inventory.tests.at("pytest > tests.test_io.test_open"), kPassed);
  EXPECT_EQ(inventory.tests.at("pytest > tests.test_io.test_gone"), kSkipped);
  EXPECT_EQ(inventory.tests.at("pytest > tests.test_io.test_bad"), kFailed);
}

TEST(JunitReport, TakesGoogleTestsAndCtestsWordsForSkipped) {
  const TestInventory inventory = parse_junit(
      R"(<testsuites><testsuite name="s"><testcase name="a" status="notrun" result="suppressed" classname="s"/>)"
      R"(<testcase name="b" status="run" result="skipped" classname="s"/></testsuite></testsuites>)");
  EXPECT_EQ(inventory.tests.at("s.a"), kSkipped);
  EXPECT_EQ(inventory.tests.at("s.b"), kSkipped);
  const TestInventory of_ctest = parse_report(
      ReportFormat::ctest, R"(<testsuite name="x"><testcase name="d" classname="d" status="disabled"/></testsuite>)");
  EXPECT_EQ(of_ctest.tests.at("x > d"), kSkipped);
}

TEST(JunitReport, FindsTestsThatPassedOnARerun) {
  const TestInventory surefire =
      parse_junit(R"(<testsuite name="s"><testcase classname="s" name="a"><flakyFailure/></testcase></testsuite>)");
  EXPECT_EQ(flaky_tests(surefire), std::vector<std::string>{"s.a"});
  const TestInventory twice =
      parse_junit(R"(<testsuite name="s"><testcase name="a"><failure/></testcase><testcase name="a"/></testsuite>)");
  EXPECT_EQ(flaky_tests(twice), std::vector<std::string>{"s > a"});
}

TEST(JunitReport, CountsAssertionsOfCasesAndSuites) {
  const TestInventory inventory =
      parse_junit(R"(<testsuite name="s" assertions="7"><testcase name="a" assertions="3"/></testsuite>)");
  EXPECT_EQ(inventory.tests.at("s > a").assertions, 3);
  EXPECT_EQ(inventory.suite_assertions.at("s"), 7);
}

TEST(JunitReport, TellsTestsOfOneNameApartByTheirSuites) {
  // As node's own reporter writes it: every case has the class "test".
  const TestInventory inventory = parse_junit(
      R"(<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="parse" time="0.0008" disabled="0" errors="0")"
      R"( tests="1" failures="0" skipped="1" hostname="h"><testcase name="empty" time="0.0002" classname="test">)"
      R"(<skipped type="skipped" message="true"/></testcase></testsuite><testsuite name="render" tests="1" skipped="0">)"
      R"(<testcase name="empty" time="0.0002" classname="test"/></testsuite><testcase name="top" classname="test"/>)"
      R"(</testsuites>)");
  EXPECT_EQ(inventory.tests.at("parse > test.empty"), kSkipped);
  EXPECT_EQ(inventory.tests.at("render > test.empty"), kPassed);
  EXPECT_EQ(inventory.tests.at("test.top"), kPassed);
}

TEST(JunitReport, NamesTheSuitesAroundASuite) {
  const TestInventory inventory = parse_junit(
      R"(<testsuites name="jest tests"><testsuite name="a"><testsuite name="b"><testcase name="c" classname="a b c"/>)"
      R"(</testsuite></testsuite></testsuites>)");
  EXPECT_EQ(inventory.tests.at("a > b > a b c.c"), kPassed);
}

/// One suite s that lists a and b, with these attributes of the suite, and this in b.
TestInventory suite_with(const std::string& attributes, const std::string& attributes_of_b, const std::string& in_b) {
  return parse_junit("<testsuite name=\"s\" " + attributes + R"(><testcase name="a"/><testcase name="b" )" +
                     attributes_of_b + ">" + in_b + "</testcase></testsuite>");
}

TEST(JunitReport, CountsFailuresInAnySpelling) {
  EXPECT_EQ(suite_with(R"(xmlns:x="u")", "", "<x:failure/>").tests.at("s > b"), kFailed);
  EXPECT_EQ(suite_with("", "", "<Error/>").tests.at("s > b"), kFailed);
  EXPECT_EQ(suite_with("", "", "<rerunError/>").tests.at("s > b"), kFailed);
  EXPECT_EQ(suite_with("", "", "<SKIPPED/>").tests.at("s > b"), kSkipped);
}

TEST(JunitReport, TakesNoStatusThatItDoesNotKnowForAPass) {
  EXPECT_EQ(suite_with("", R"(status="fail")", "").tests.at("s > b"), kFailed);
  EXPECT_EQ(suite_with("", R"(status="broken")", "").tests.at("s > b"), kFailed);
  EXPECT_EQ(suite_with("", R"(status="run" result="completed")", "").tests.at("s > b"), kPassed);
  EXPECT_EQ(suite_with("", R"(status="pending")", "").tests.at("s > b"), kSkipped);
}

TEST(JunitReport, CountsAFailureOutsideTheTests) {
  const TestInventory inventory =
      parse_junit(R"(<testsuite name="s"><testcase name="a"/><error message="teardown crashed"/></testsuite>)");
  EXPECT_EQ(inventory.tests.at("s (outside its tests)"), kFailed);
}

TEST(JunitReport, KeepsWhatItsTotalsStateBeyondWhatItLists) {
  const TestInventory inventory = suite_with(R"(tests="3" failures="1" errors="1" skipped="1")", "", "");
  EXPECT_EQ(inventory.unlisted.at("suite s"), (UnlistedTests{.tests = 1, .failed = 2, .skipped = 1}));
  EXPECT_TRUE(suite_with(R"(tests="2" failures="0")", "", "").unlisted.empty());
}

TEST(JunitReport, ListsTestsInTestsAndNoneInTheirOutput) {
  const TestInventory inventory =
      suite_with("", "", R"(<system-out><testcase name="c"/></system-out><testcase name="d"/>)");
  EXPECT_EQ(inventory.tests.size(), 3U);
  EXPECT_EQ(inventory.tests.at("s > b > d"), kPassed);
}

TEST(JunitReport, IsRefusedWhereItDeclaresEntities) {
  EXPECT_NE(mistake_in(ReportFormat::junit, R"(<!DOCTYPE t [<!ENTITY f "<failure/>">]><testsuite><testcase name="a">)"
                                            "&f;</testcase></testsuite>")
                .find("entities of its own"),
            std::string::npos);
}

TEST(JunitReport, IsRefusedWhereItsSuitesNeverEnd) {
  std::string deep;
  for (int level = 0; level < 100000; ++level) deep += "<testsuite>";
  for (int level = 0; level < 100000; ++level) deep += "</testsuite>";
  EXPECT_EQ(mistake_in(ReportFormat::junit, deep), "its suites lie more than 200 deep in each other");
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

std::vector<std::string> names_in(const TestInventory& inventory) {
  std::vector<std::string> names;
  for (const auto& [name, tally] : inventory.tests) names.push_back(name);
  return names;
}

TEST(TapReport, TakesNoDurationOrDiagnosticForAPartOfAName) {
  // Vitest's flat form, bats --timing, Test::More, and a number sign that belongs to the name.
  EXPECT_EQ(names_in(parse_tap("1..6\nok 1 - a.test.js > parse > empty # time=1.63ms\nok 2 opens in 25ms\n"
                               "ok 3 - closes (0.01s)\nok 4 - saves # tested twice\nok 5 - fixes issue #12\n"
                               "ok 6 - reads C\\# #SKIP\n")),
            (std::vector<std::string>{"a.test.js > parse > empty", "closes", "fixes issue #12", "opens", "reads C\\#",
                                      "saves"}));
}

TEST(TapReport, KnowsDirectivesInEitherCaseAndWithoutABlank) {
  const TestInventory inventory = parse_tap("1..3\nok 1 - a # skip slow\nok 2 - b #SKIP\nok 3 - c # Skipped: slow\n");
  EXPECT_EQ(inventory.tests.at("a"), kSkipped);
  EXPECT_EQ(inventory.tests.at("b"), kSkipped);
  EXPECT_EQ(inventory.tests.at("c"), kSkipped);
  EXPECT_EQ(parse_tap("1..1\nok 1 - d # time=0.1ms # SKIP\n").tests.at("d"), kSkipped);
}

TEST(TapReport, ReadsPartsInBraces) {
  const TestInventory inventory = parse_tap(
      "TAP version 13\n1..1\nok 1 - a.test.js # time=3.61ms {\n    1..2\n    ok 1 - parse # time=2.67ms {\n"
      "        1..2\n        ok 1 - empty # time=1.76ms\n        ok 2 - later # SKIP\n    }\n    ok 2 - flat\n}\n");
  EXPECT_EQ(names_in(inventory), (std::vector<std::string>{"a.test.js", "a.test.js > flat", "a.test.js > parse",
                                                           "a.test.js > parse > empty", "a.test.js > parse > later"}));
  EXPECT_EQ(inventory.tests.at("a.test.js > parse > later"), kSkipped);
}

TEST(TapReport, ReadsPartsOfPartsBeforeTheirTest) {
  // As node --test prints it.
  EXPECT_EQ(
      names_in(parse_tap("TAP version 13\n# Subtest: a\n    # Subtest: b\n        # Subtest: c\n"
                         "        ok 1 - c\n          ---\n          duration_ms: 0.3\n          ...\n        1..1\n"
                         "    ok 1 - b\n      ---\n      type: 'suite'\n      ...\n    1..1\nok 1 - a\n  ---\n"
                         "  duration_ms: 1.4\n  ...\n1..1\n# tests 1\n# pass 1\n# fail 0\n")),
      (std::vector<std::string>{"a", "a > b", "a > b > c"}));
}

TEST(TapReport, TakesNoLineOfADiagnosisForATest) {
  EXPECT_EQ(names_in(parse_tap("1..1\nnot ok 1 - a\n  ---\n  output: |\n    ok 7 - b\n  ...\n")),
            std::vector<std::string>{"a"});
}

/// As `prove -v t` prints it.
const std::string kProve =
    "t/a.t .. \nok 1 - alpha\n# Subtest: sub\n    1..2\n    ok 1 - in one\n    ok 2 - in two\nok 2 - sub\n1..2\nok\n"
    "t/b.t .. \n1..3\nok 1 - alpha\nok 2 - beta\nok 3 # skip no disk\nok\nt/c.t .. \n1..0 # SKIP no network\n"
    "skipped: no network\nAll tests successful.\n"
    "Files=3, Tests=5,  1 wallclock secs ( 0.04 usr  0.02 sys +  0.13 cusr  0.06 csys =  0.25 CPU)\nResult: PASS\n";

TEST(TapReport, ReadsSeveralDocumentsByTheirFiles) {
  const TestInventory inventory = parse_tap(kProve);
  EXPECT_EQ(names_in(inventory),
            (std::vector<std::string>{"t/a.t > alpha", "t/a.t > sub", "t/a.t > sub > in one", "t/a.t > sub > in two",
                                      "t/b.t > #3", "t/b.t > alpha", "t/b.t > beta", "t/c.t"}));
  EXPECT_EQ(inventory.tests.at("t/b.t > #3"), kSkipped);
  EXPECT_EQ(inventory.tests.at("t/c.t"), kSkipped);
}

TEST(TapReport, ReadsDocumentsThatNobodyNames) {
  EXPECT_EQ(parse_tap("1..1\nok 1 - a\n1..1\nok 1 - a\n").tests.at("a"), TestTally{.passed = 2});
  EXPECT_EQ(parse_tap("ok 1 - a\n1..1\nok 1 - a\n1..1\n").tests.at("a"), TestTally{.passed = 2});
  EXPECT_EQ(parse_tap("TAP version 13\n1..1\nok 1 - a\nTAP version 13\n1..1\nok 1 - b\n").tests.size(), 2U);
}

TEST(TapReport, IsRefusedWhereAnyOfItsDocumentsIsCutShort) {
  EXPECT_EQ(mistake_in(ReportFormat::tap, "t/a.t .. \n1..2\nok 1 - a\nt/b.t .. \n1..1\nok 1 - b\nok\n"),
            "t/a.t: its plan says 2 tests, and 1 are reported");
  EXPECT_EQ(mistake_in(ReportFormat::tap, "1..1\nok 1 - a\nok 1 - b\n"),
            "it has no plan (1..N), so that it may be cut short");
  EXPECT_EQ(mistake_in(ReportFormat::tap, "1..1\n    1..2\n    ok 1 - b\nok 1 - a\n"),
            "line 2: a subtest's plan says 2 tests, and 1 are reported");
  EXPECT_EQ(mistake_in(ReportFormat::tap, "1..3\nok 1\nok 1\nok 2\n"), "line 3: test 1 is reported twice");
}

TEST(TapReport, IsRefusedWhereItStatesFailuresThatItDoesNotList) {
  EXPECT_EQ(mistake_in(ReportFormat::tap, "t/a.t .. \n1..1\nok 1\nDubious, test returned 255\nResult: FAIL\n"),
            "it states failures (\"Result: FAIL\") and lists no test that failed");
  EXPECT_EQ(mistake_in(ReportFormat::tap, "1..1\nok 1\n# fail 2\n"),
            "it states failures (\"# fail 2\") and lists no test that failed");
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

TEST(CtestReport, KeepsWhatItsTotalsStateBeyondWhatItLists) {
  const TestInventory inventory = parse_ctest(
      "1/2 Test #1: a ....   Passed    0.01 sec\n2/2 Test #2: b ....   Passed    0.01 sec\n\n"
      "67% tests passed, 1 tests failed out of 3\n");
  EXPECT_EQ(inventory.unlisted.at("ctest"), (UnlistedTests{.tests = 1, .failed = 1}));
  EXPECT_TRUE(parse_ctest(kCtest).unlisted.empty());
}

TEST(TestInventory, LosesWhatIsCountedAndNotListed) {
  const TestInventory listed{{{"a", kPassed}}, {}};
  TestInventory hidden = listed;
  hidden.unlisted["suite s"] = {.tests = 1, .failed = 1};
  EXPECT_EQ(lost(listed, hidden), "suite s states 1 more failures than it lists");
  EXPECT_EQ(lost(hidden, hidden), "");
}

TEST(TestInventory, LosesPassesWhereNamesAreUnstable) {
  TestInventory reference{{{"a", kPassed}}, {}};
  reference.passed_in_all = 3;
  EXPECT_EQ(lost(reference, {{{"a", kPassed}, {"b", kPassed}, {"c", kPassed}}, {}}), "");
  EXPECT_EQ(lost(reference, {{{"a", kPassed}, {"b", kPassed}}, {}}),
            "2 tests passed, in control 3 (names of some tests change from trial to trial)");
}

TEST(TestInventory, KnowsATestAgainWhoseNameHoldsAnAddress) {
  TestInventory reference;
  add_test(reference, "copy[<lambda at 0x7f685e749b20>]", TestEnd::passed);
  add_test(reference, "mask[0xff]", TestEnd::passed);
  TestInventory inventory;
  add_test(inventory, "copy[<lambda at 0x7ffb18479BC0>]", TestEnd::passed);
  EXPECT_EQ(lost(reference, inventory), "test mask[0xff] is missing");
  EXPECT_EQ(name_of_test("at 0x and 0x1234567"), "at 0x and 0x1234567");
  EXPECT_EQ(name_of_test("0x12345678 0xabcdefab"), "0x* 0x*");
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
  const std::vector<std::pair<ReportFormat, std::string>> reports = {{ReportFormat::junit, kPytest},
                                                                     {ReportFormat::tap, kTap},
                                                                     {ReportFormat::tap, kProve},
                                                                     {ReportFormat::ctest, kCtest}};
  for (const auto& [format, text] : reports) {
    const TestInventory whole = parse_report(format, text);
    const TestInventory less = parse_report(format, without_one_test(format, text).value());
    EXPECT_EQ(less.tests.size() + 1, whole.tests.size()) << to_string(format);
    EXPECT_TRUE(what_is_lost(whole, less).has_value()) << to_string(format);
  }
}

TEST(MutilatedReport, LosesALaterTestIfAsked) {
  EXPECT_EQ(names_in(parse_tap(without_one_test(ReportFormat::tap, "1..3\nok 1 - a\nok 2 - b\nok 3 - c\n", 1).value())),
            (std::vector<std::string>{"a", "c"}));
}

TEST(MutilatedReport, IsNoneWhereNothingPassed) {
  EXPECT_EQ(without_one_test(ReportFormat::tap, "1..1\nnot ok 1 - a\n"), std::nullopt);
}

/// A suite of three tests with 2 assertions each, of which "b" ended like this.
TestInventory report_with(const std::string& ending_of_b, const std::string& b = "b") {
  return parse_junit(R"(<testsuite name="s" assertions="6"><testcase name="a"/><testcase name=")" + b + "\">" +
                     ending_of_b + R"(</testcase><testcase name="c"/></testsuite>)");
}

TestInventory with_flaky_b(TestInventory inventory) {
  allow_failures(inventory, {"b"});
  return inventory;
}

TEST(DeclaredFlakyTests, MayFailAndNothingElseMay) {
  const TestInventory reference = with_flaky_b(report_with(""));
  EXPECT_EQ(what_is_lost(reference, with_flaky_b(report_with("<failure/>"))), std::nullopt);
  EXPECT_EQ(what_is_lost(report_with(""), report_with("<failure/>")), "test s > b failed");
  const TestInventory other = with_flaky_b(parse_junit(
      R"(<testsuite name="s"><testcase name="a"><failure/></testcase><testcase name="b"/><testcase name="c"/></testsuite>)"));
  EXPECT_EQ(what_is_lost(reference, other), "test s > a failed");
}

TEST(DeclaredFlakyTests, MustBeRun) {
  const TestInventory reference = with_flaky_b(report_with("<failure/>"));
  EXPECT_EQ(what_is_lost(reference, with_flaky_b(report_with("<skipped/>"))),
            "test s > b is skipped, and was run in control");
  EXPECT_EQ(what_is_lost(reference, with_flaky_b(report_with("", "d"))), "test s > b is missing");
}

TEST(DeclaredFlakyTests, AreNoLongerCountedAsRepeated) {
  EXPECT_EQ(flaky_tests(report_with("<flakyFailure/>")), std::vector<std::string>{"s > b"});
  EXPECT_TRUE(flaky_tests(with_flaky_b(report_with("<flakyFailure/>"))).empty());
}

TEST(DeclaredFlakyTests, KeepTheShareOfTheirRunsThatPassed) {
  const TestInventory passed = with_flaky_b(report_with(""));
  const TestInventory failed = with_flaky_b(report_with("<failure/>"));
  const TestInventory repeated = with_flaky_b(report_with("<flakyFailure/>"));
  EXPECT_EQ(passed_share({&passed}, "b"), 1);
  EXPECT_EQ(passed_share({&failed}, "s > b"), 0);
  EXPECT_EQ(passed_share({&repeated}, "b"), 0);
  EXPECT_EQ(passed_share({&passed, &failed}, "b"), 0.5);
  EXPECT_DOUBLE_EQ(*passed_share({&failed}, "s > *"), 2.0 / 3);
  EXPECT_EQ(passed_share({&passed}, "d"), std::nullopt);
}

TEST(FailedTests, AreThoseThatFailMoreOftenThanInTheReference) {
  EXPECT_EQ(failed_tests(report_with(""), report_with("<failure/>")), std::vector<std::string>{"s > b"});
  EXPECT_TRUE(failed_tests(report_with("<failure/>"), report_with("<failure/>")).empty());
}

}  // namespace test_inventory_tests
}  // namespace assay::trial
