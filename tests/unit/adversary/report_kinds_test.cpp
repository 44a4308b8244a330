#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "experiments/adversary/reports/pairs/columns.hpp"
#include "experiments/adversary/reports/pairs/joins.hpp"
#include "tests/unit/adversary/read_claims.hpp"

namespace assay::adversary {
namespace report_kinds_tests {

using Texts = std::vector<std::string>;

TEST(ColumnsOfTwoSides, AreNamedByTheirHeads) {
  const auto pairs = [](const std::vector<std::string>& header) { return two_sides_of(header); };
  const std::vector<TwoColumns> one_and_two = {{1, 2}};
  EXPECT_EQ(pairs({"query", "master (ms)", "patched (ms)"}), one_and_two);
  EXPECT_EQ(pairs({"what", "base", "this PR"}), one_and_two);
  EXPECT_EQ(pairs({"what", "control (s)", "treatment (s)"}), one_and_two);
  EXPECT_EQ(pairs({"what", "Old GB/s", "New GB/s"}), one_and_two);
  EXPECT_EQ(pairs({"what", "v1.4", "v1.5"}), one_and_two);
  EXPECT_EQ(pairs({"what", "current", "proposed"}), one_and_two);
  EXPECT_EQ(pairs({"what", "after", "before"}), (std::vector<TwoColumns>{{2, 1}}));
  EXPECT_EQ(pairs({"what", "p50 before", "p50 after", "p99 before", "p99 after"}),
            (std::vector<TwoColumns>{{1, 2}, {3, 4}}));
  EXPECT_TRUE(pairs({"what", "Laptop", "Server"}).empty());
  EXPECT_TRUE(pairs({"what", "p50 (ms)", "p99 (ms)"}).empty());
  EXPECT_TRUE(pairs({"what", "2023", "remarks"}).empty());
}

TEST(ColumnsOfTwoSides, HaveTheirUnitInTheHeadOrTheName) {
  EXPECT_EQ(read_claims("| query | master (ms) | patched (ms) |\n|---|---|---|\n| sort | 4812 | 3.1 |\n"),
            Texts{"3 values better 4812 ms to 3.1 ms"});
  EXPECT_EQ(read_claims("| what | base | branch |\n|---|---|---|\n| Decode (tok/s) | 17.9 | 54.3 |\n"),
            Texts{"3 values better 17.9 to 54.3"});
  EXPECT_EQ(read_claims("| setting | old | new |\n|---|---|---|\n| timeout | 30 s | 10 s |\n| port | 8080 | 9090 |\n"),
            Texts{});
}

TEST(ColumnsOfValues, StandBeforeOneOfTheirChange) {
  const std::string head = "| what | FP16 | INT4 | Change |\n|---|---|---|---|\n";
  EXPECT_EQ(read_claims(head + "| MMLU | 63.4 | 62.8 | -0.6 |\n"), Texts{"3 values worse 63.4 to 62.8"});
  EXPECT_EQ(read_claims(head + "| layers | 63.4 | 62.8 | 7 |\n"), Texts{});
}

TEST(AlignedTables, AreReadInProseAndInCode) {
  const std::string rows = "build         9m40s   3m05s\n  unit          4m12s   4m10s\n";
  EXPECT_EQ(read_claims("  before  after\n  " + rows),
            (Texts{"2 values better 580 s to 185 s", "3 values better 252 s to 250 s"}));
  EXPECT_EQ(read_claims("```\n              before  after\n" + rows + "```\n"),
            (Texts{"3 values better 580 s to 185 s", "4 values better 252 s to 250 s"}));
  EXPECT_EQ(read_claims("  laptop  server\n  " + rows), Texts{});
  EXPECT_EQ(read_claims("before after\nbuild 90ms 70ms\n"), Texts{"2 values better 90 ms to 70 ms"});
}

TEST(AlignedTables, AreThoseOfBenchstat) {
  EXPECT_EQ(read_claims("```\n        \u2502  a.txt  \u2502       b.txt        \u2502\n        \u2502  sec/op  \u2502  "
                        "sec/op   vs base      \u2502\n"
                        "Read-8    412.30m \u00b1 1%    98.71m \u00b1 2%  -76.06% (p=0.000 n=10)\n"
                        "Idle-8    210.1n \u00b1 4%    211.9n \u00b1 3%        ~ (p=0.684 n=10)\n```\n"),
            (Texts{"4 percent better -76.06%", "4 values better 412.3 ms to 98.71 ms"}));
  EXPECT_EQ(read_claims("```\nname      old time/op  new time/op  delta\nRead-8    1.20ms \u00b1 2%  0.80ms \u00b1 1%  "
                        "-33.33%  (p=0.000)\n"
                        "Idle-8    2.20ms \u00b1 2%  2.21ms \u00b1 1%  ~  (p=0.200)\n```\n"),
            (Texts{"3 percent better -33.33%", "3 values better 1.2 ms to 0.8 ms"}));
}

TEST(MarkedRows, AreThoseOfOneName) {
  const std::string head = "```\nBenchmark        Mode  Cnt     Score    Error   Units\n";
  EXPECT_EQ(read_claims(head + "route  (before)  thrpt  15  1843.220 \u00b1 21.118  ops/ms\n"
                               "route  (after)   thrpt  15  2967.541 \u00b1 30.402  ops/ms\n```\n"),
            Texts{"4 values better 1843.22 to 2967.541"});
  EXPECT_EQ(read_claims("```\nold/parse  1201.4 ns\nnew/parse   980.2 ns\n```\n"),
            Texts{"3 values better 1201.4 ns to 980.2 ns"});
  EXPECT_EQ(read_claims("| | p50 | p99 |\n|---|---|---|\n| before | 12 ms | 80 ms |\n| after | 8 ms | 40 ms |\n"),
            (Texts{"4 values better 12 ms to 8 ms", "4 values better 80 ms to 40 ms"}));
  EXPECT_EQ(read_claims("```\nold/parse-of-documents  1201.4 ns\nnew/print-of-documents   980.2 ns\n```\n"), Texts{});
  EXPECT_EQ(read_claims("- doors before 9:30\n- doors after 10:15\n"), Texts{});
}

TEST(Joins, TellWhichValueWasThereBefore) {
  const auto order = [](std::string_view ahead, std::string_view between, std::string_view behind) {
    const auto join = join_of({ahead, between, behind});
    return join ? std::optional(join->order) : std::nullopt;
  };
  EXPECT_EQ(order("Memory: ", " before, ", " after"), JoinOrder::old_first);
  EXPECT_EQ(order("", " then, ", " now"), JoinOrder::old_first);
  EXPECT_EQ(order("it used to be ", ", now it's ", ""), JoinOrder::old_first);
  EXPECT_EQ(order("it took ", " and now takes ", ""), JoinOrder::old_first);
  for (const std::string_view between :
       {" (was ", " instead of ", " rather than every ", ", compared with ", ", down from ", " where it used to cost ",
        " (0.8: ", " (main: ", ", before ", ", previously ", " as opposed to "}) {
    EXPECT_EQ(order("takes ", between, ""), JoinOrder::new_first) << between;
  }
  EXPECT_EQ(order("", " against ", ""), JoinOrder::compared);
  for (const std::string_view between : {" and ", ", then ", " was ", " with ", " for ", ", "}) {
    EXPECT_EQ(order("The run of ", between, ""), std::nullopt) << between;
  }
}

TEST(JoinedPairs, AreReadInEitherOrder) {
  EXPECT_EQ(read_claims("Max RSS: 118 MB before, 74 MB after."), Texts{"1 values better 118 MB to 74 MB"});
  EXPECT_EQ(read_claims("- Hot reload: 95 ms, before 640 ms."), Texts{"1 values better 640 ms to 95 ms"});
  EXPECT_EQ(read_claims("Wake-up takes 1.1 ms (was 4.7 ms)."), Texts{"1 values better 4.7 ms to 1.1 ms"});
  EXPECT_EQ(read_claims("Scrolling holds 58 fps instead of 17 fps."), Texts{"1 values better 17 to 58"});
  EXPECT_EQ(read_claims("Malloc calls: 1,402,331 before vs 212 now."), Texts{"1 values better 1402331 to 212"});
  EXPECT_EQ(read_claims("The consumer handles 48 million messages/s (0.8: 19 million messages/s)."),
            Texts{"1 values better 19000000 to 48000000"});
  EXPECT_EQ(read_claims("p95 is 8.9 s against 7.6 s, that is better."), Texts{"1 values better 8.9 s to 7.6 s"});
  EXPECT_EQ(read_claims("CPU load is the same (41 % against 42 %)."), Texts{"1 values better 42% to 41%"});
  EXPECT_EQ(read_claims("The idle draw is 40 mW instead of 95 mW."), Texts{"1 values unknown 95 to 40"});
}

TEST(JoinedPairs, GoOnInTheNextSentence) {
  EXPECT_EQ(read_claims("The job now takes 41 minutes. Before, it took 6 h 5 min."),
            Texts{"1 values better 365 min to 41 min"});
  EXPECT_EQ(read_claims("It had a p50 of 88 ms and a p99 of 1,240 ms. Today the p50 is 19 ms and the p99 is 210 ms."),
            (Texts{"1 values better 88 ms to 19 ms", "1 values better 1240 ms to 210 ms"}));
  EXPECT_EQ(read_claims("The talk was 45 minutes long. The break took 15 minutes."), Texts{});
}

TEST(JoinedPairs, NeedOneThingInOneUnit) {
  for (const std::string text :
       {"Sleep for 5 s, then retry after 10 s.", "The first run took 12 s and the second 13 s.",
        "The data set has 4 GB of text and 12 GB of images.", "Version 2.1 instead of 2.0 is needed.",
        "Use a 2 GB heap instead of 4 GB.", "Run with 8 threads rather than 4.", "It takes 4 s instead of 3 MB.",
        "The meeting is now at 15:00, before it was at 14:00."}) {
    EXPECT_EQ(read_claims(text), Texts{}) << text;
  }
}

TEST(UnitsOfReports, AreOfMoneyElectricityAndCounts) {
  EXPECT_EQ(read_claims("Cost per million jobs fell from $11.40 to $7.95."), Texts{"1 values better 11.4 to 7.95"});
  EXPECT_EQ(read_claims("The bill dropped from 12,400 EUR to 9,100 EUR."), Texts{"1 values better 12400 to 9100"});
  EXPECT_EQ(read_claims("Right-sizing saves $9,200 a month."), Texts{"1 difference better 9200"});
  EXPECT_EQ(read_claims("Idle current reduced from 1.2 mA to 300 uA."), Texts{"1 values better 1200 to 300"});
  EXPECT_EQ(read_claims("We went from 36 nodes (r5.4xlarge) to 9."), Texts{"1 values better 36 to 9"});
  EXPECT_EQ(read_claims("Pages per month went from about 14 to 2."), Texts{"1 values better 14 to 2"});
  EXPECT_EQ(read_claims("APK size: 21.30 to 21.39 MB"), Texts{"1 values worse 21.3 MB to 21.39 MB"});
  EXPECT_EQ(read_claims("Delivery takes 6 to 8 weeks."), Texts{});
  EXPECT_EQ(read_claims("The team grew from 4 to 9 people."), Texts{});
  EXPECT_EQ(read_claims("Heads move from 3 A to 5 %."), Texts{});
}

TEST(RatiosOfReports, AreSaidInTimes) {
  EXPECT_EQ(read_claims("Inserts are 3 times faster."), Texts{"1 ratio better 3x"});
  EXPECT_EQ(read_claims("Lookups are 2.5 times slower."), Texts{"1 ratio worse 2.5x"});
  EXPECT_EQ(read_claims("The data is 6.4 times smaller."), Texts{"1 ratio better 6.4x"});
  EXPECT_EQ(read_claims("The update is roughly three times faster."), Texts{"1 ratio better 3x"});
  EXPECT_EQ(read_claims("Inserts are three times as fast."), Texts{"1 ratio better 3x"});
  EXPECT_EQ(read_claims("It needs 1.8 times as much CPU."), Texts{"1 ratio worse 1.8x"});
  EXPECT_EQ(read_claims("It was called 3 times before breakfast."), Texts{});
}

TEST(SharesOfReports, AreSaidInWords) {
  EXPECT_EQ(read_claims("VRAM use cut by nearly a quarter"), Texts{"1 percent better 25%"});
  EXPECT_EQ(read_claims("The format is a third smaller."), Texts{"1 percent better 33.333333%"});
  EXPECT_EQ(read_claims("It uses two thirds less memory."), Texts{"1 percent better 66.666667%"});
  EXPECT_EQ(read_claims("Throughput doubled."), Texts{"1 ratio better 2x"});
  EXPECT_EQ(read_claims("Latency doubled."), Texts{"1 ratio worse 2x"});
  EXPECT_EQ(read_claims("The tray doubles as a lid."), Texts{});
  EXPECT_EQ(read_claims("Two thirds of them live in the north."), Texts{});
}

TEST(DifferencesOfReports, HaveTheWordsOfReleaseNotes) {
  EXPECT_EQ(read_claims("Flash footprint is 18 kB smaller."), Texts{"1 difference better 18 kB"});
  EXPECT_EQ(read_claims("That removed 212 kB from the first load."), Texts{"1 difference better 212 kB"});
  EXPECT_EQ(read_claims("The script removes 3 GB of old logs."), Texts{});
  EXPECT_EQ(read_claims("The clock drifted by 12 s per day when it was off."), Texts{});
}

TEST(LimitsOfReports, AreKept) {
  EXPECT_EQ(read_claims("Tick rate no longer falls under 30 Hz"), Texts{"1 limit better at least 30"});
  EXPECT_EQ(read_claims("It never took longer than 130 ms."), Texts{"1 limit better at most 130 ms"});
  EXPECT_EQ(read_claims("It never exceeds 16 ms."), Texts{"1 limit better at most 16 ms"});
  EXPECT_EQ(read_claims("We never met more than 3 of them."), Texts{});
}

TEST(RatesOfReports, AreCountsOfTrials) {
  EXPECT_EQ(read_claims("The job met its deadline on 58 of 58 nights."), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("It picks the right one in 188 of 200 trials (94.0 %)."), Texts{"1 rate unknown 94%"});
  EXPECT_EQ(read_claims("The quorum is 3 of 5 nodes."), Texts{});
  EXPECT_EQ(read_claims("Only 12 of 60 attendees came by train (20 %)."), Texts{});
}

TEST(NoEffects, AreGoalsGuessesAndConditions) {
  for (const std::string text :
       {"We hope to be 30 % faster by spring.", "Overhead would be 1.375x.",
        "In theory we could get another 2x speedup.", "Goal for 2025: p99 under 5 ms.",
        "With a GPU we expect planning below 20 ms.", "We might save 30 % CPU.",
        "It is possible to be 2x faster if we drop it.", "If your index is below 200 GB, don't do this."}) {
    EXPECT_EQ(read_claims(text), Texts{}) << text;
  }
  EXPECT_EQ(read_claims("Expect a 4x speedup."), Texts{"1 ratio better 4x"});
  EXPECT_EQ(read_claims("It is 4x faster than we hoped."), Texts{"1 ratio better 4x"});
  EXPECT_EQ(read_claims("In May it became 4x faster."), Texts{"1 ratio better 4x"});
}

TEST(NoEffects, AreFiguresOfOthers) {
  for (const std::string text :
       {"NVIDIA claims that it is 4x faster.", "The paper reports a 3.2x speedup.",
        "A vendor told us it is 10x cheaper.", "Cloudflare wrote that it was 12.4% faster in their tests."}) {
    EXPECT_EQ(read_claims(text), Texts{}) << text;
  }
  EXPECT_EQ(read_claims("Others wrote that it was 12% faster in their tests; we see a gain of 9%."),
            Texts{"1 percent better 9%"});
}

TEST(NoEffects, AreSettingsAlarmsAndWhatDidNotChange) {
  for (const std::string text :
       {"The default timeout was reduced from 30 s to 10 s.", "The retry delay was changed from 100 ms to 250 ms.",
        "Crafting time of bandages lowered from 4 s to 2.5 s", "Stamina regenerates 20% faster",
        "Coverage is unchanged at 71 % with the gain.", "Alert on p99 > 1 s for 2 minutes", "Speed limited to 50 %.",
        "Rent rose from $1,200 to $1,450."}) {
    EXPECT_EQ(read_claims(text), Texts{}) << text;
  }
  EXPECT_EQ(read_claims("Startup was reduced from 30 s to 10 s."), Texts{"1 values better 30 s to 10 s"});
}

TEST(NoEffects, AreTheEventsOfAnIncident) {
  const std::string events = "14:09  p99 rises from 310 ms to 4.8 s\n14:25  error rate reaches 6.2 %\n";
  EXPECT_EQ(read_claims("# Incident 117: latency\n\nTimeline\n" + events), Texts{});
  EXPECT_EQ(read_claims("p99 rises from 310 ms to 4.8 s"), Texts{"1 values worse 0.31 s to 4.8 s"});
}

TEST(IntervalsOfChange, CountByTheEndWithTheLeast) {
  EXPECT_EQ(read_claims("```\ntime:   [-31.204% -30.871% -30.522%]\n```\n"), Texts{"2 percent better -30.522%"});
  EXPECT_EQ(read_claims("```\ntime:   [-0.4120% +0.0731% +0.5502%]\n```\n"), Texts{});
}

TEST(SignsOfReports, AreOfWhatIsCounted) {
  EXPECT_EQ(
      read_claims(
          "| what | base | patched |\n|---|---|---|\n| IPIs/s | 902,551 | 211,043 |\n| ops/s | 1,284 | 1,771 |\n"),
      (Texts{"3 values better 902551 to 211043", "4 values better 1284 to 1771"}));
  EXPECT_EQ(read_claims("| what | Speedup |\n|---|---|\n| short | 0.9x |\n"), Texts{"3 ratio worse 0.9x"});
  EXPECT_EQ(read_claims("It happens every 40 s rather than every 3 s.").size(), 1U);
}

TEST(SeveralRatios, AreNotOfValuesWithoutAName) {
  EXPECT_EQ(read_contradictions("Pixel: 812 ms -> 541 ms\n\nMoto: 2.4 s -> 1.7 s\n"), Texts{});
  EXPECT_EQ(
      read_contradictions("## Changed\n\nCold start is 2.6x faster.\n\n## Changed\n\nTwice as fast on Windows.\n"),
      Texts{});
}

TEST(WrongArithmetic, ComparesWithinOneSentenceOnly) {
  EXPECT_EQ(read_contradictions("LCP went from 4.6 s to 1.9 s. Bounces dropped by 14 %."), Texts{});
  EXPECT_EQ(read_contradictions("The data is smaller (1.9 TB to 297 GB), and reads went down by 71%."), Texts{});
  EXPECT_EQ(read_contradictions("LCP went from 4.6 s to 1.9 s, 14 % less.").size(), 1U);
}

TEST(FoundClaims, TakeTimeByTheLengthOfTheText) {
  std::string text;
  for (int line = 0; line < 2'000; ++line) text += "it was 5 s before and 3 s now | a (before) 12 ms ";
  EXPECT_FALSE(read_claims(text).empty());
}

}  // namespace report_kinds_tests
}  // namespace assay::adversary
