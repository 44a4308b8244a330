#include <gtest/gtest.h>

#include "tests/unit/adversary/read_claims.hpp"

namespace assay::adversary {
namespace report_states_tests {

using Texts = std::vector<std::string>;

TEST(LimitsOfReports, AreInPercentBesideWhatIsMeasured) {
  EXPECT_EQ(read_claims("- Error rate < 2%"), Texts{"1 limit better at most 2%"});
  EXPECT_EQ(read_claims("CPU usage stays below 15 %."), Texts{"1 limit better at most 15%"});
  EXPECT_EQ(read_claims("- Hit ratio: >85%"), Texts{"1 limit better at least 85%"});
  EXPECT_EQ(read_claims("| Dropped frames | None | < 5% allowed |\n|---|---|---|\n"),
            Texts{"1 limit better at most 5%"});
  EXPECT_EQ(read_claims("Under 40% of the visitors came by train."), Texts{});
  EXPECT_EQ(read_claims("Turnout was < 60% in the north."), Texts{});
  EXPECT_EQ(read_claims("The error path is less than 5% slower."), Texts{"1 percent worse 5%"});
}

TEST(LimitsOfReports, AreRatesPerSecond) {
  EXPECT_EQ(read_claims("- Throughput: >2500 RPS"), Texts{"1 limit better at least 2500"});
  EXPECT_EQ(read_claims("The game keeps at least 50 fps."), Texts{"1 limit better at least 50"});
  EXPECT_EQ(read_claims("Handles more than 300 requests per second"), Texts{"1 limit better at least 300"});
  EXPECT_EQ(read_claims("at least 60 files"), Texts{});
}

TEST(LimitsOfReports, AreNoArrows) {
  EXPECT_EQ(read_claims("Then -> 300 ms and => 40 RPS"), Texts{});
}

TEST(LimitsOfReports, AreCountsOfWhatCosts) {
  EXPECT_EQ(read_claims("- Support >500 concurrent connections"), Texts{"1 limit better at least 500"});
  EXPECT_EQ(read_claims("A page needs at most 3 round trips."), Texts{"1 limit better at most 3"});
  EXPECT_EQ(read_claims("fewer than 10 allocations per call"), Texts{"1 limit better at most 10"});
  EXPECT_EQ(read_claims("We sent more than 500 requests by hand."), Texts{});
}

TEST(LimitsOfReports, AreBelowAValueInOneWord) {
  EXPECT_EQ(read_claims("Sub-20ms answers for everyone"), Texts{"1 limit better at most 20 ms"});
}

TEST(LimitsOfReports, AreNoFiltersBySize) {
  EXPECT_EQ(read_claims("Benchmark 2: copy files >250KB"), Texts{});
  EXPECT_EQ(read_claims("Pools for short (<=2KB) and long (<=32KB) messages"), Texts{});
  EXPECT_EQ(read_claims("Pools for small (<=2KB) and large (<=32KB) buffers"), Texts{});
  EXPECT_EQ(read_claims("- Binary: < 5 MB"), Texts{"1 limit better at most 5 MB"});
  EXPECT_EQ(read_claims("keeps under 5 MB file size"), Texts{"1 limit better at most 5 MB"});
}

TEST(LimitsOfReports, AreOpenIfTheirRowBreaksThem) {
  const std::string head = "| what | now | goal | state |\n|---|---|---|---|\n";
  EXPECT_EQ(read_claims(head + "| unlock | 30 ms | < 40 ms | \u2705 |\n"), Texts{"3 limit better at most 40 ms"});
  EXPECT_EQ(read_claims(head + "| unlock | 30 ms | < 40 ms | \u274c |\n"), Texts{"3 limit unknown at most 40 ms"});
  EXPECT_EQ(read_claims(head + "| unlock | ~0.9 s | < 40 ms | open |\n"), Texts{"3 limit unknown at most 40 ms"});
  EXPECT_EQ(read_claims(head + "| hit rate | 70% | > 90% | open |\n"),
            (Texts{"3 limit unknown at least 90%", "3 rate unknown 70%"}));
  EXPECT_EQ(read_claims("| was | is | goal |\n|---|---|---|\n| 90 ms | 30 ms | < 40 ms |\n"),
            (Texts{"3 limit better at most 40 ms", "3 values better 90 ms to 30 ms"}));
}

TEST(AlarmThresholds, StateNothing) {
  EXPECT_EQ(read_claims("- Alarm threshold: 150% regression"), Texts{});
  EXPECT_EQ(read_claims("- Alert threshold: error rate < 5%"), Texts{});
  EXPECT_EQ(read_claims("- Alert threshold: > 5% errors"), Texts{});
  EXPECT_EQ(read_claims("- A regression of 150%"), Texts{"1 percent worse 150%"});
}

TEST(Multiplications, AreNoRatios) {
  EXPECT_EQ(read_claims("```\nSent: 8 x 25MB = 200MB\n```\n"), Texts{});
  EXPECT_EQ(read_claims("The table takes 512 \u00d7 32 bytes of memory."), Texts{});
  EXPECT_EQ(read_claims("```\nsort 3.5x 20ms\n```\n"), Texts{"2 ratio better 3.5x"});
}

TEST(RatesOfReports, AreSharesOfWhatIsRight) {
  EXPECT_EQ(read_claims("- Accuracy: 91.5%"), Texts{"1 rate unknown 91.5%"});
  EXPECT_EQ(read_claims("| Correctness | 100% | met |\n|---|---|---|\n"), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("The model is right with 97 % accuracy."), Texts{"1 rate better 97%"});
  EXPECT_EQ(read_claims("```\nSuccess: 350 (100%)\nFailed: 7 (2%)\n```\n"),
            (Texts{"2 rate better 100%", "3 rate better 98%"}));
  EXPECT_EQ(read_claims("- Error rate: 0.5%"), Texts{"1 rate better 99.5%"});
  EXPECT_EQ(read_claims("- Error rate: 30%"), Texts{"1 rate unknown 70%"});
}

TEST(SignsOfReports, GoByWhatIsMeasured) {
  EXPECT_EQ(read_claims("```\ntime:   [-12.5% -12.4% -12.3%]\nthrpt:  [+14.2% +14.3% +14.4%]\n```\n"),
            (Texts{"2 percent better -12.3%", "3 percent better 14.2%"}));
  EXPECT_EQ(read_claims("```\ntime:   [+12.5%]\nthrpt:  [-14.2%]\n```\n"),
            (Texts{"2 percent worse 12.5%", "3 percent worse -14.2%"}));
  EXPECT_EQ(read_claims("| hash | 1.5 GB/s | 3.3 GB/s | +120% |\n|---|---|---|---|\n"), Texts{"1 percent better 120%"});
  EXPECT_EQ(read_claims("| what | p99 latency | change |\n|---|---|---|\n| put | 12.1 | -8% |\n"),
            Texts{"3 percent better -8%"});
  EXPECT_EQ(read_claims("Throughput dropped by 20 %."), Texts{"1 percent worse 20%"});
  EXPECT_EQ(read_claims("Memory grew by 20 %."), Texts{"1 percent worse 20%"});
}

TEST(SignsOfReports, GoByWordsForTheBetter) {
  EXPECT_EQ(read_claims("gives us a +40% boost"), Texts{"1 percent better 40%"});
  EXPECT_EQ(read_claims("Was the performance increase on that box 12-14%?"), Texts{"1 percent better 12-14%"});
  EXPECT_EQ(read_claims("It improves the runtime by 8%"), Texts{"1 percent better 8%"});
  EXPECT_EQ(read_claims("Lookups outperform the tree (6.5x)"), Texts{"1 ratio better 6.5x"});
}

TEST(SignsOfReports, AreWorseForARatioThatDrops) {
  EXPECT_EQ(read_claims("The speedup dropped from 2.8x to 2.2x."), Texts{"1 ratio worse 2.2x"});
  EXPECT_EQ(read_claims("The slowdown dropped from 2.8x to 2.2x."), Texts{"1 ratio better 2.2x"});
}

}  // namespace report_states_tests
}  // namespace assay::adversary
