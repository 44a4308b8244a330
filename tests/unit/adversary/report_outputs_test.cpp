#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/adversary/read_claims.hpp"

namespace assay::adversary {
namespace report_outputs_tests {

using Texts = std::vector<std::string>;

TEST(OutputsOfTools, HaveSignsApartFromTheirFigures) {
  EXPECT_EQ(read_claims("```\n  lib/main.js   91.20 KB (- 4.5 KB)\n  lib/extra.js  3.1 KB (+ 120 B)\n```\n"),
            (Texts{"2 difference better 4.5 kB", "3 difference worse 120 B"}));
}

TEST(OutputsOfTools, StandBelowCommentsForBothSides) {
  const Texts both = {"6 values better 3.5 s to 1.5 s"};
  EXPECT_EQ(read_claims("```\n# before\nparse 3.5s\n\n# after\nparse 1.5s\n```\n"), both);
  EXPECT_EQ(read_claims("```\n# master\nparse: 3.5s\n\n# this branch\nparse: 1.5s\n```\n"), both);
  EXPECT_EQ(read_claims("```\n// old\n3.5s user\n\n// new\n1.5s user\n```\n"), both);
  EXPECT_EQ(read_claims("```\n# step one\nparse 3.5s\n\n# step two\nparse 1.5s\n```\n"), Texts{});
}

TEST(OutputsOfTools, StandBelowSentencesThatLeadToThem) {
  EXPECT_EQ(read_claims("I timed the demo before these changes (three runs of each):\n\nreal 0m4.5s\nreal 0m4.6s\n\n"
                        "and after these changes:\n\nreal 0m1.5s\nreal 0m1.4s\n"),
            Texts{"8 values better 4.5 s to 1.5 s"});
}

TEST(OutputsOfTools, AreThoseOfHyperfineBelowTwoLabels) {
  const std::string range = "  Range (min \u2026 max):   140.2 ms \u2026 158.4 ms    10 runs\n";
  EXPECT_EQ(
      read_claims("- current `main`:\n```\n  Time (mean \u00b1 \u03c3):  155.5 ms \u00b1  2.0 ms  [User: 1.0 ms]\n" +
                  range +
                  "```\n- this PR:\n```\n  Time (mean \u00b1 \u03c3):  105.5 ms \u00b1  2.0 ms  [User: 1.0 ms]\n" +
                  range + "```\n"),
      Texts{"8 values better 155.5 ms to 105.5 ms"});
}

TEST(OutputsOfTools, AreThoseOfWrkBelowTwoLabels) {
  const std::string before =
      "Before:\n\n```\n    Latency    58.5us   18.3us   3.2ms   93.8%\nTransfer/sec:     20.5MB\n```\n\n";
  const std::string after =
      "After:\n\n```\n    Latency    55.5us   15.2us   2.4ms   90.4%\nTransfer/sec:     25.5MB\n```\n";
  EXPECT_EQ(read_claims(before + after),
            (Texts{"11 values better 58.5 us to 55.5 us", "12 values better 20.5 MB to 25.5 MB"}));
}

TEST(OutputsOfTools, SayHowMuchSlowerTheOldOneIs) {
  const auto claims = read_claims("```\nnew: 3000000.5 i/s\nold: 2000000.5 i/s - 1.50x slower\n```\n");
  EXPECT_NE(std::find(claims.begin(), claims.end(), "3 ratio better 1.5x"), claims.end());
}

TEST(OutputsOfTools, CountAllTests) {
  EXPECT_EQ(read_claims("All of tests/run.sh: 1764/1764.\n"), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("The port is 8080/8080.\n"), Texts{});
}

TEST(OutputsOfTools, NameTheirRowsByWhatStandsBeforeTheFigure) {
  EXPECT_EQ(
      read_claims("Before\n\n    Bench.scan   10000  avgt  3  99.5 us/op\n\nAfter\n\n    Bench.scan   10000  avgt  3  "
                  "33.5 us/op\n"),
      Texts{"7 values better 99.5 to 33.5"});
  EXPECT_EQ(
      read_claims("before:\n1 passed, 12 left out in 90.5 seconds\n\nafter:\n1 passed, 12 left out in 3.5 seconds\n"),
      Texts{"5 values better 90.5 s to 3.5 s"});
  EXPECT_EQ(
      read_claims("baseline 256 names: 4_500 ops/s\nbaseline 512 names: 2_500 ops/s\ncurrent 256 names: 7_500 ops/s\n"),
      Texts{"3 values better 4500 to 7500"});
}

TEST(OutputsOfTools, HaveShares) {
  EXPECT_EQ(read_claims("### Option 1: 198/200 (99.0%)\n"), Texts{"1 rate better 99%"});
  EXPECT_EQ(read_claims("### Option 1: 198/200 (45%)\n"), Texts{});
  EXPECT_EQ(read_claims("cargo test: 190 passed, 10 failed.\n"), Texts{"1 rate better 95%"});
  EXPECT_EQ(read_claims("- All 1,500 suite tests pass\n"), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("All 50 old grammar tests and 60 parser tests pass.\n"), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("- **Uptime**: 100% (no restarts)\n"), Texts{"1 rate better 100%"});
}

TEST(OutputsOfTools, DrawBoxes) {
  EXPECT_EQ(read_claims("```\n\u250c\u2500\u2500\u252c\u2500\u252c\u2500\u2510\n\u2502 what \u2502 before \u2502 after "
                        "\u2502\n\u251c\u2500\u253c\u2500\u253c\u2500\u2524\n"
                        "\u2502 load \u2502 3.5 s \u2502 1.5 s \u2502\n```\n"),
            Texts{"5 values better 3.5 s to 1.5 s"});
}

TEST(OutputsOfTools, AreThoseOfLoadTests) {
  EXPECT_EQ(
      read_claims("```\nhttp_req_failed......: 2.00% 20 out of 1000\nchecks_succeeded.....: 100.00% 50 out of 50\n"
                  "latency: 'p(95)<800' p(95)=120ms\n```\n"),
      (Texts{"2 rate better 98%", "3 rate better 100%", "4 limit better at most 800"}));
  EXPECT_EQ(read_claims("```\nif (count<5 && ready)\n```\n"), Texts{});
}

TEST(OutputsOfTools, HaveMarksBetweenLabelAndFigure) {
  EXPECT_EQ(read_claims("- **Success rate**: \u2705 100% of all\n"), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("- Tests passed: 98/100\n"), Texts{"1 rate better 98%"});
}

TEST(OutputsOfTools, CallGoalsReached) {
  EXPECT_EQ(read_claims("- Main goal: 100% success rate \u2705 ACHIEVED\n"), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("- **Target**: >80 QPS\n- **Status**: \u2705\n"), Texts{"1 limit better at least 80"});
  EXPECT_EQ(read_claims("- **Target**: <60.0%\n- **Status**: \u2705\n"), Texts{"1 limit better at most 60%"});
  EXPECT_EQ(read_claims("- Main goal: 100% success rate\n"), Texts{});
  EXPECT_EQ(read_claims("- Main goal: 100% success rate, not achieved\n"), Texts{});
}

TEST(OutputsOfTools, HaveErrorsThatAreNoChanges) {
  EXPECT_EQ(read_claims("```\nfast path: 300 MB/s (+/- 4.4 %)\n```\n"), Texts{});
  EXPECT_EQ(read_claims("- **Performance coverage**: 100% maintained\n"), Texts{});
}

TEST(OutputsOfTools, NameRowsWithWordsThatAreNoVerbs) {
  EXPECT_EQ(read_claims("```\nname           old time/op  new time/op  delta\n"
                        "Slow/slow-job   4.0s         2.0s         -50.00%\n```\n"),
            (Texts{"3 percent better -50%", "3 values better 4 s to 2 s"}));
}

TEST(OutputsOfTools, HaveColumnsWithUnitsOfTheirOwn) {
  EXPECT_EQ(read_claims("| users | Req/s before | Req/s after | gap | p50 before | p50 after |\n|--|--|--|--|--|--|\n"
                        "| 8 | 2,000 | 3,000 | +50 % | 4 ms | 2 ms |\n"),
            (Texts{"3 percent better 50%", "3 values better 2000 to 3000", "3 values better 4 ms to 2 ms"}));
}

TEST(SignsInReports, AreMadeOfEntities) {
  EXPECT_EQ(read_claims("Parsing is 2.5&times;&nbsp;faster."), Texts{"1 ratio better 2.5x"});
  EXPECT_EQ(read_claims("Load time: 9&#160;s &rarr; 3&nbsp;s"), Texts{"1 values better 9 s to 3 s"});
  EXPECT_EQ(read_claims("Latency is &lt; 40 &micro;s."), Texts{"1 limit better at most 40 us"});
  EXPECT_EQ(read_claims("R&D &unknown; &#xD800; grew."), Texts{});
}

TEST(SignsInReports, AreArrows) {
  EXPECT_EQ(read_claims("Latency: \u219312.5%"), Texts{"1 percent better -12.5%"});
  EXPECT_EQ(read_claims("Load time: 9 s \u27a1\ufe0f 3 s"), Texts{"1 values better 9 s to 3 s"});
  EXPECT_EQ(read_claims("Sync: 0.9s -> 0.8s -> 0.5s"), Texts{"1 values better 0.9 s to 0.5 s"});
}

}  // namespace report_outputs_tests
}  // namespace assay::adversary
