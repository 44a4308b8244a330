#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {
namespace mutilated_reports_tests {

/// A report in which everything passed, as the tool writes it.
struct Honest {
  const char* tool;
  ReportFormat format;
  std::string text;
};

const std::vector<Honest>& honest_reports() {
  static const std::vector<Honest> reports = {
      {"pytest", ReportFormat::junit,
       R"(<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="0")"
       R"( failures="0" skipped="1" tests="2" time="0.12" timestamp="2026-03-01T10:00:00" hostname="h"><properties>)"
       R"(<property name="failures" value="3"/></properties><testcase classname="t.test_io" name="test_a" time="0.1"/>)"
       R"(<testcase classname="t.test_io" name="test_b" time="0"><skipped type="pytest.xfail" message="error in x"/>)"
       R"(<system-out>error: failure</system-out></testcase></testsuite></testsuites>)"},
      {"GoogleTest", ReportFormat::junit,
       R"(<testsuites tests="2" failures="0" disabled="1" errors="0" time="0.01" name="AllTests"><testsuite name="S")"
       R"( tests="2" failures="0" disabled="1" skipped="0" errors="0" time="0.01"><testcase name="A" file="s.cc")"
       R"( line="3" status="run" result="completed" time="0." classname="S"><properties><property name="fail")"
       R"( value="1"/></properties></testcase><testcase name="DISABLED_B" status="notrun" result="suppressed")"
       R"( time="0." classname="S"/></testsuite></testsuites>)"},
      {"Surefire with a rerun", ReportFormat::junit,
       R"(<testsuite xmlns:xsi="u" xsi:noNamespaceSchemaLocation="x.xsd" version="3.0.2" name="org.T" time="0.2")"
       R"( tests="2" errors="0" skipped="0" failures="0" flakes="1"><properties><property name="a" value="b"/>)"
       R"(</properties><testcase name="a" classname="org.T" time="0.1"/><testcase name="b" classname="org.T")"
       R"( time="0.1"><flakyFailure message="no" type="AssertionError"><stackTrace>at x</stackTrace>)"
       R"(<system-err>boom</system-err></flakyFailure></testcase></testsuite>)"},
      {"jest-junit", ReportFormat::junit,
       R"(<testsuites name="jest tests" tests="2" failures="0" errors="0" time="1.2"><testsuite name="sum" errors="0")"
       R"( failures="0" skipped="0" timestamp="2026-03-01T10:00:00" time="0.9" tests="2"><testcase)"
       R"( classname="sum adds" name="sum adds" time="0.01"/><testcase classname="sum fails well" name="sum fails)"
       R"( well" time="0"/></testsuite></testsuites>)"},
      {"go-junit-report", ReportFormat::junit,
       R"(<testsuites tests="2" failures="0" errors="0" skipped="1"><testsuite name="pkg/a" tests="2" failures="0")"
       R"( errors="0" id="0" hostname="h" skipped="1" time="0.1" timestamp="2026-03-01T10:00:00Z"><properties>)"
       R"(<property name="go.version" value="go1.22"/></properties><testcase name="TestA" classname="pkg/a" time="0"/>)"
       R"(<testcase name="TestB" classname="pkg/a" time="0"><skipped message="no net"/></testcase></testsuite>)"
       R"(</testsuites>)"},
      {"nextest", ReportFormat::junit,
       R"(<testsuites name="nextest-run" tests="2" failures="0" errors="0" uuid="u" timestamp="2026-03-01T10:00:00Z")"
       R"( time="0.1"><testsuite name="krate" tests="2" disabled="0" errors="0" failures="0"><testcase name="a::b")"
       R"( classname="krate" timestamp="2026-03-01T10:00:00Z" time="0.01"/><testcase name="a::c" classname="krate")"
       R"( time="0.01"><flakyFailure timestamp="t" time="0" message="m" type="test failure"><system-out>x)"
       R"(</system-out></flakyFailure></testcase></testsuite></testsuites>)"},
      {"ctest's XML", ReportFormat::ctest,
       R"(<testsuite name="empty" tests="2" failures="0" disabled="1" skipped="0" hostname="" time="0")"
       R"( timestamp="2026-03-01T10:00:00"><testcase name="a" classname="a" time="0.1" status="run"><system-out/>)"
       R"(</testcase><testcase name="b" classname="b" time="0" status="disabled"><disabled message="Disabled"/>)"
       R"(</testcase></testsuite>)"},
      {"prove -v", ReportFormat::tap,
       "t/a.t .. \nok 1 - alpha\nok 2 - beta\n1..2\nok\nt/b.t .. \n1..2\nok 1 - gamma\nnot ok 2 - later # TODO\n"
       "#   Failed (TODO) test 'later'\n#   at t/b.t line 3.\nok\nAll tests successful.\n"
       "Files=2, Tests=4,  0 wallclock secs ( 0.02 usr  0.01 sys +  0.06 cusr  0.02 csys =  0.11 CPU)\nResult: PASS\n"},
      {"node --test", ReportFormat::tap,
       "TAP version 13\n# Subtest: a\n    # Subtest: b\n    ok 1 - b\n      ---\n      duration_ms: 0.3\n      ...\n"
       "    1..1\nok 1 - a\n  ---\n  duration_ms: 1.4\n  type: 'suite'\n  ...\n# Subtest: c\nok 2 - c # SKIP\n1..2\n"
       "# tests 2\n# suites 1\n# pass 1\n# fail 0\n# cancelled 0\n# skipped 1\n# todo 0\n# duration_ms 12.3\n"},
      {"tape", ReportFormat::tap,
       "TAP version 13\n# adds\nok 1 should be equal\n# skips\nok 2 later # SKIP\n\n1..2\n# tests 2\n# pass  2\n# skip "
       " 1\n"
       "\n# ok\n"},
      {"ctest", ReportFormat::ctest,
       "Test project /b\n    Start 1: a\n1/3 Test #1: a ........   Passed    0.01 sec\n    Start 2: b\n"
       "2/3 Test #2: b ........   Passed    0.01 sec\n    Start 3: c\n3/3 Test #3: c ........***Not Run (Disabled)   "
       "0.00 sec\n\n100% tests passed, 0 tests failed out of 2\n\nTotal Test time (real) =   0.02 sec\n\n"
       "The following tests did not run:\n\t  3 - c (Disabled)\n"}};
  return reports;
}

TEST(HonestReports, LoseNothingAndStateNothingThatTheyDoNotList) {
  for (const Honest& report : honest_reports()) {
    const TestInventory inventory = parse_report(report.format, report.text);
    EXPECT_EQ(what_is_lost(inventory, inventory), std::nullopt) << report.tool;
    EXPECT_TRUE(inventory.unlisted.empty()) << report.tool;
    for (const auto& [name, tally] : inventory.tests) EXPECT_EQ(tally.failed, 0) << report.tool << ": " << name;
  }
}

/// Whether a report is refused or has lost something against one in which the same tests passed.
bool is_noticed(ReportFormat format, const std::string& honest, const std::string& mutilated) {
  const TestInventory reference = parse_report(format, honest);
  try {
    return what_is_lost(reference, parse_report(format, mutilated)).has_value();
  } catch (const Error&) {
    return true;
  }
}

/// Two tests, with these attributes of the suite and of the second test, and this in the second test and behind it.
std::string junit(const std::string& suite, const std::string& test, const std::string& inside,
                  const std::string& behind = "") {
  return R"(<testsuites><testsuite name="s" )" + suite + R"(><testcase name="a"/><testcase name="b" )" + test + ">" +
         inside + "</testcase>" + behind + "</testsuite></testsuites>";
}

bool is_noticed_in_junit(const std::string& mutilated) {
  return is_noticed(ReportFormat::junit, junit(R"(tests="2" failures="0" errors="0" skipped="0")", "", ""), mutilated);
}

TEST(MutilatedJUnit, IsNoticedByAnElementWhereverItStands) {
  for (const char* inside :
       {"<properties><failure/></properties>", R"(<testcase name="c"><failure/></testcase>)",
        R"(<testcase name="c" status="failed"/>)",
        R"(<testsuite name="t"><testcase name="c"><error/></testcase></testsuite>)",
        R"(<testsuite name="t" failures="1"/>)", "<failed/>", "<timeout/>", "<x:failed/>", "<Failed/>", "<timed-out/>",
        "<errored/>", "<crash/>", "<crashed/>", "<aborted/>", "<assertion-failure/>", "<rerunFailure/>", "<exception/>",
        "<steps><step><failure/></step></steps>", "<properties><skipped/></properties>"}) {
    EXPECT_TRUE(is_noticed_in_junit(junit("", "", inside))) << inside;
  }
  for (const char* behind : {"<error/>", "<properties><failure/></properties>", "<failed/>", "<group><error/></group>",
                             R"(<group><testcase name="c" status="failed"/></group>)"}) {
    EXPECT_TRUE(is_noticed_in_junit(junit("", "", "", behind))) << behind;
  }
}

TEST(MutilatedJUnit, IsNoticedByAnAttributeOfATest) {
  for (const char* attribute :
       {R"(success="false")", R"(Success="False")", R"(passed="false")", R"(executed="false")", R"(executed="False")",
        R"(outcome="failed")", R"(result="failed")", R"(Result="Failure")", R"(status="failed")", R"(state="failed")",
        R"(verdict="error")", R"(failed="true")", R"(failures="1")", R"(error="no disk")", R"(skipped="true")",
        R"(x:status="failed")", R"(status="passed" result="odd")", R"(success="0")", R"(run="false")"}) {
    EXPECT_TRUE(is_noticed_in_junit(junit("", attribute, ""))) << attribute;
  }
}

TEST(MutilatedJUnit, IsNoticedByAnAttributeOfASuite) {
  for (const char* attribute : {R"(Failures="1")",    R"(failed="1")",       R"(failure="1")",
                                R"(FAILED="1")",      R"(skips="1")",        R"(Skipped="1")",
                                R"(success="false")", R"(executed="false")", R"(outcome="failed")",
                                R"(result="failed")", R"(status="failed")",  R"(failures="one")",
                                R"(errors="1x")",     R"(tests="many")",     R"(failures="-1")",
                                R"(Tests="3")",       R"(total="3")",        R"(errors="0" Errors="1")",
                                R"(x:failures="1")",  R"(timeouts="1")"}) {
    EXPECT_TRUE(is_noticed_in_junit(junit(attribute, "", ""))) << attribute;
  }
}

TEST(MutilatedJUnit, IsNoHarmlessAttributeOrElement) {
  for (const char* attribute : {R"(success="true")", R"(executed="true")", R"(outcome="passed")", R"(state="idle")",
                                R"(failures="0")", R"(error="")", R"(skipped="false")", R"(failed="false")"}) {
    EXPECT_FALSE(is_noticed_in_junit(junit("", attribute, "<properties/>"))) << attribute;
  }
  for (const char* attribute : {R"(pass="0" skip="0")", R"(failures="" errors="")", R"(disabled="false")"}) {
    EXPECT_FALSE(is_noticed_in_junit(junit(attribute, "", "<system-out>failure</system-out>"))) << attribute;
  }
}

TEST(MutilatedTap, IsNoticedByWhatProducersAndDriversSay) {
  const std::string points = "ok 1 - a\nok 2 - b\n1..2\n";
  for (const char* line : {"# Looks like you failed 1 test of 2.",
                           "# Looks like you planned 3 tests but ran 2.",
                           "# Looks like your test exited with 1 just after 2.",
                           "    # Looks like your test died before it could output",
                           "# tests 2\n# pass 1",
                           "# tests 3\n# pass 2\n# skip 0",
                           "# tests 3\n# pass 3",
                           "bail out!",
                           "BAIL OUT! no disk",
                           "Bail out",
                           "# failed 1 of 2 tests",
                           "# 1 of 2 tests failed.",
                           "# fail 1",
                           "# FAIL:  1",
                           "# ERROR: 1",
                           "# TOTAL: 3",
                           "# cancelled 1",
                           "Dubious, test returned 1 (wstat 256, 0x100)",
                           "Failed 1/2 subtests",
                           "Failed 1/1 test programs. 1/2 subtests failed.",
                           "Result: FAIL",
                           "Result: NOTESTS",
                           "FAILED--Further testing stopped: no disk",
                           "Bailout called.  Further testing stopped:",
                           "Files=1, Tests=3,  0 wallclock secs"}) {
    EXPECT_TRUE(is_noticed(ReportFormat::tap, points, points + line + "\n")) << line;
  }
}

TEST(MutilatedTap, IsNoticedBesideAFailureThatControlHasToo) {
  const std::string points = "not ok 1 - a\nok 2 - b\n1..2\n# fail 1\n";
  EXPECT_FALSE(is_noticed(ReportFormat::tap, points, points));
  EXPECT_TRUE(is_noticed(ReportFormat::tap, points, "not ok 1 - a\nok 2 - b\n1..2\n# fail 2\n"));
  EXPECT_TRUE(is_noticed(ReportFormat::tap, points, points + "# Looks like your test exited with 1\n"));
}

TEST(MutilatedTap, IsNoOrdinaryComment) {
  const std::string points = "ok 1 - a\nok 2 - b\n1..2\n";
  for (const char* line : {"# looks like rain", "# total 7", "# errors 3 of them expected", "# tests run on 4 cores",
                           "# pass 2", "# time=3ms", "# 2 of 2 tests passed", "failed 3 times before", "# suites 9"}) {
    EXPECT_FALSE(is_noticed(ReportFormat::tap, points, points + line + "\n")) << line;
  }
}

TEST(MutilatedCTest, IsNoticedByWhatItsSummarySays) {
  const std::string list = "1/2 Test #1: a ....   Passed    0.01 sec\n2/2 Test #2: b ....   Passed    0.01 sec\n\n";
  const std::string good = "100% tests passed, 0 tests failed out of 2\n";
  for (const std::string& summary :
       {good + "\nThe following tests FAILED:\n\t  2 - b (Failed)\n", good + "\nThe following tests FAILED:\n",
        good + "\nThe following tests FAILED:\n\t  3 - c (SEGFAULT)\n\t  4 - d (Timeout)   label\n",
        good + "\nThe following tests did not run:\n\t  2 - b (Skipped)\n", good + "Errors while running CTest\n",
        good + "\nThe following tests did not run:\n\t  9 - gone (Not Run)\n",
        std::string("50% tests passed, 1 tests failed out of 2\n"),
        std::string("50% tests passed, 1 test failed out of 2\n"),
        std::string("50% tests passed, 0 tests failed out of 2\n"),
        std::string("100% tests passed, 0 tests failed out of 3\n"),
        "50% tests passed, 1 tests failed out of 2\n" + good}) {
    EXPECT_TRUE(is_noticed(ReportFormat::ctest, list + good, list + summary)) << summary;
  }
  const std::string other_end = "1/2 Test #1: a ....   Passed    0.01 sec\n2/2 Test #2: b ....   Failed    0.01 sec\n";
  EXPECT_TRUE(is_noticed(ReportFormat::ctest, list + good, other_end + good));
}

TEST(MutilatedCTest, IsNoticedBesideAFailureThatControlHasToo) {
  const std::string failed =
      "1/2 Test #1: a ....***Failed    0.01 sec\n2/2 Test #2: b ....   Passed    0.01 sec\n\n"
      "50% tests passed, 1 tests failed out of 2\n\nThe following tests FAILED:\n\t  1 - a (Failed)\n";
  EXPECT_FALSE(is_noticed(ReportFormat::ctest, failed, failed));
  EXPECT_TRUE(is_noticed(ReportFormat::ctest, failed, failed + "\t  2 - b (Failed)\n"));
}

}  // namespace mutilated_reports_tests
}  // namespace assay::trial
