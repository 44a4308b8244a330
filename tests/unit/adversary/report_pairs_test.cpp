#include <gtest/gtest.h>

#include "tests/unit/adversary/read_claims.hpp"

namespace assay::adversary {
namespace report_pairs_tests {

using Texts = std::vector<std::string>;

TEST(TablesOfReports, MayBeDividedByOneDash) {
  EXPECT_EQ(read_claims("step | gain\n-- | --\nlink | 1.7x\n"), Texts{"3 ratio better 1.7x"});
  EXPECT_EQ(read_claims("| step | gain |\n|-|-|\n| link | 1.7x |\n"), Texts{"3 ratio better 1.7x"});
  EXPECT_EQ(read_claims("step | gain\n:- | -:\nlink | 1.7x\n"), Texts{"3 ratio better 1.7x"});
  EXPECT_EQ(read_claims("> step | gain\n> -|:-:\n> link | 1.7x\n"), Texts{"3 ratio better 1.7x"});
}

TEST(TablesOfReports, AreNotMadeOfOtherDashes) {
  EXPECT_EQ(read_claims("step | gain\n- | item\nlink | 1.7x\n"), Texts{});
  EXPECT_EQ(read_claims("step | gain\n--\nlink | 1.7x\n"), Texts{});
}

TEST(PairsOfValues, HaveDurationsInOneWord) {
  EXPECT_EQ(read_claims("The nightly build went from 7m05s to 2m30s."), Texts{"1 values better 425 s to 150 s"});
  EXPECT_EQ(read_claims("The import fell from 1h30m to 20 min."), Texts{"1 values better 90 min to 20 min"});
  EXPECT_EQ(read_claims("- before: 3min20s\n- after: 50s\n"), Texts{"2 values better 200 s to 50 s"});
  EXPECT_EQ(read_claims("This reduces the export to 4m10s."), Texts{"1 value better 250 s"});
}

TEST(PairsOfValues, GoOnInTheNextLine) {
  EXPECT_EQ(read_claims("The nightly build went\nfrom 7m05s to\n2m30s."), Texts{"3 values better 425 s to 150 s"});
}

TEST(PairsOfValues, HaveClocksBesideAWordOfTime) {
  EXPECT_EQ(read_claims("Build time: 12:40 -> 6:20"), Texts{"1 values better 760 s to 380 s"});
  EXPECT_EQ(read_claims("This cuts the wall time down to 6:20."), Texts{"1 value better 380 s"});
  EXPECT_EQ(read_claims("- time before: 00:03:20.5\n- time after: 1:40\n"), Texts{"2 values better 200.5 s to 100 s"});
  EXPECT_EQ(read_claims("The standup moves from 9:30 to 10:15."), Texts{});
  EXPECT_EQ(read_claims("- doors before: 9:30\n- doors after: 10:15\n"), Texts{});
}

TEST(PairsOfValues, HaveCountsAndRates) {
  EXPECT_EQ(read_claims("Parsing goes from 90 to 12 allocations."), Texts{"1 values better 90 to 12"});
  EXPECT_EQ(read_claims("Cuts round trips from ~40 per page to ~3."), Texts{"1 values better 40 to 3"});
  EXPECT_EQ(read_claims("Reduces the overhead from ~40 per page to ~3."), Texts{"1 values better 40 to 3"});
  EXPECT_EQ(read_claims("Scrolling: 24 fps -> 48 fps"), Texts{"1 values better 24 to 48"});
  EXPECT_EQ(read_claims("8 queries => 2 queries"), Texts{"1 values better 8 to 2"});
  EXPECT_EQ(read_claims("See chapters from 3 to 5 of the manual."), Texts{});
  EXPECT_EQ(read_claims("Load: 10 -> 40 -> 90 -> 300 RPS"), Texts{});
  EXPECT_EQ(read_claims("Release 3 -> 4 of the format"), Texts{});
}

TEST(PairsOfValues, StandBelowLabels) {
  EXPECT_EQ(read_claims("Before:\n- Load time: 9 s\n- Heap: 80 MB\n\nAfter:\n- Load time: 6 s\n- Heap: 95 MB\n"),
            (Texts{"6 values better 9 s to 6 s", "7 values worse 80 MB to 95 MB"}));
  EXPECT_EQ(read_claims("Baseline:\nStep time: 0.4 ~ 0.6 seconds\n\nPacked (4 bits):\nStep time: 1.2 ~ 1.5 seconds\n"),
            Texts{"5 values worse 0.4-0.6 s to 1.2-1.5 s"});
  EXPECT_EQ(read_claims("Starting point:\n```\nROM:  [====  ] 71.5% (used)\n```\nEnding point:\n```\n"
                        "ROM:  [===   ] 70.1% (used)\n```\n"),
            Texts{"7 values unknown 71.5% to 70.1%"});
  EXPECT_EQ(read_claims("### Previous\n\n| what | size |\n|---|---|\n| index | 40 MB |\n\n### Current\n\n"
                        "| what | size |\n|---|---|\n| index | 25 MB |\n"),
            Texts{"11 values better 40 MB to 25 MB"});
}

TEST(PairsOfValues, NeedOneNameAndTwoSides) {
  EXPECT_EQ(read_claims("Before:\n- Load time: 9 s\n\nAfter:\n- Save time: 6 s\n"), Texts{});
  EXPECT_EQ(read_claims("Laptop:\n- Load time: 9 s\n\nServer:\n- Load time: 6 s\n"), Texts{});
  EXPECT_EQ(read_claims("## Baseline\n\n- Mean: 9 s\n\n## Windows\n\n- Mean: 6 s\n"), Texts{});
  EXPECT_EQ(read_claims("Before:\n- Workers: 4\n\nAfter:\n- Workers: 8\n"), Texts{});
  EXPECT_EQ(read_claims("With the index:\n- Scan: 2 ms\n\nvs. a full pass (without it):\n- Scan: 15 ms\n"),
            Texts{"2 values better 15 ms to 2 ms"});
}

TEST(PairsOfValues, StandInColumnsOfATable) {
  const std::string head = "| what | Before | After |\n|---|---|---|\n";
  EXPECT_EQ(read_claims(head + "| startup | 3.2 s | 1.1 s |\n"), Texts{"3 values better 3.2 s to 1.1 s"});
  EXPECT_EQ(read_claims(head + "| throughput | 300 MB/s | 450 MB/s |\n"), Texts{"3 values better 300 to 450"});
  EXPECT_EQ(read_claims(head + "| compiler | 12 | 14 |\n"), Texts{});
  EXPECT_EQ(read_claims("| what | Laptop | Server |\n|---|---|---|\n| startup | 3.2 s | 1.1 s |\n"), Texts{});
}

TEST(PairsOfValues, StandInSentencesOfOldAndNew) {
  EXPECT_EQ(read_claims("The original full link took 8.4s and the new one took\n6.3s on my desk."),
            Texts{"2 values better 8.4 s to 6.3 s"});
  EXPECT_EQ(read_claims("- Original: 70 ms\n- New: 50 ms\n"), Texts{"2 values better 70 ms to 50 ms"});
  EXPECT_EQ(read_claims("- previous: 70 ms\n- current: 90 ms\n"), Texts{"2 values worse 70 ms to 90 ms"});
}

TEST(PairsOfValues, NameWhatIsThereOrNot) {
  EXPECT_EQ(read_claims("With the cache: 1.5 s, without: 2.5 s."), Texts{"1 values better 2.5 s to 1.5 s"});
  EXPECT_EQ(read_claims("Without the cache: 2.5 s, with it: 1.5 s."), Texts{"1 values better 2.5 s to 1.5 s"});
  EXPECT_EQ(read_claims("It reduces build commands to 14 (from 150) here."), Texts{"1 values better 150 to 14"});
  EXPECT_EQ(read_claims("A drop from around 200 - 300 milliseconds down to 20 or 30 milliseconds."),
            Texts{"1 values better 200-300 ms to 20-30 ms"});
  EXPECT_EQ(read_claims("It rose from 4k RPS to 5-6k RPS at 3 GB of memory."),
            Texts{"1 values better 4000 to 5000-6000"});
}

TEST(PairsOfValues, AreNotOfHowManyThereWere) {
  EXPECT_EQ(read_claims("In all, 200 repeated reads improved from roughly 150 ms to\n140 us."),
            Texts{"2 values better 150000 us to 140 us"});
  EXPECT_EQ(read_claims("- On the large tree, ~140mb is saved."), Texts{"1 difference better 140 MB"});
  EXPECT_EQ(read_claims("One of the goals of this work was to avoid outliers, and it has an effect where many stand in "
                        "a line: on a large machine, it builds 20% faster."),
            Texts{"1 percent better 20%"});
}

TEST(PairsOfValues, HaveTheirDifferenceBehindThem) {
  EXPECT_EQ(read_claims("```\nsrc/a.o  14000 -> 12500 (-1500)\nsrc/b.o  14000 -> 12500 (see 7)\n```\n"),
            Texts{"2 values unknown 14000 to 12500"});
}

TEST(PairsInTables, AreThoseOfTwoVariants) {
  const std::string rows = "|---|---|---|\n| clean build | 180s | 108s |\n";
  EXPECT_EQ(read_claims("| | monolithic | separate=True |\n" + rows), Texts{"3 values better 180 s to 108 s"});
  EXPECT_EQ(read_claims("| | p50 | p99 |\n" + rows), Texts{});
  EXPECT_EQ(read_claims("| | Linux | macOS |\n" + rows), Texts{});
}

TEST(PairsOfValues, AreOrderedByTheWordBesideThem) {
  EXPECT_EQ(read_claims("The shell starts faster, 40ms vs. 160ms."), Texts{"1 values better 160 ms to 40 ms"});
  EXPECT_EQ(read_claims("The shell is faster, e.g. 40ms vs. 160ms. Odd."), Texts{"1 values better 160 ms to 40 ms"});
  EXPECT_EQ(read_claims("Sadly it is slower: 160 ms versus 40 ms."), Texts{"1 values worse 40 ms to 160 ms"});
  EXPECT_EQ(read_claims("Heap: 30 MB vs 20 MB"), Texts{"1 values better 30 MB to 20 MB"});
}

TEST(ValuesOfReports, AreSaidOfNow) {
  EXPECT_EQ(read_claims("All bars are tiny now. The scripts are taking around 0.2 to 0.3 seconds each."),
            Texts{"1 value unknown 0.2-0.3 s"});
  EXPECT_EQ(read_claims("The linter now runs in 4 s."), Texts{"1 value unknown 4 s"});
  EXPECT_EQ(read_claims("The scripts are taking around 0.2 seconds each."), Texts{});
}

}  // namespace report_pairs_tests
}  // namespace assay::adversary
