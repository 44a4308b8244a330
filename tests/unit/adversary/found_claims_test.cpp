#include "experiments/adversary/reports/found_claims.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "core/text/utf8.hpp"
#include "experiments/adversary/reports/claim_draft.hpp"
#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/plain_text.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "tests/unit/adversary/read_claims.hpp"

namespace assay::adversary {
namespace found_claims_tests {

FoundClaims found_in(const std::string& document) {
  return claims_in_document(document, std::nullopt);
}

std::vector<std::string> read(const std::string& document) {
  return read_claims(document);
}
using Texts = std::vector<std::string>;

std::vector<ContradictionKind> kinds_of_contradictions(const std::string& document) {
  std::vector<ContradictionKind> kinds;
  for (const Contradiction& contradiction : found_in(document).contradictions) kinds.push_back(contradiction.kind);
  return kinds;
}

TEST(FoundClaims, AreThoseOfTheFourReports) {
  EXPECT_EQ(read("Expect a 4-5x speedup."), Texts{"1 ratio better 4-5x"});
  EXPECT_EQ(read("It takes 75 % less time."), Texts{"1 percent better 75%"});
  EXPECT_EQ(read("The suite went from 324 s to 81 s."), Texts{"1 values better 324 s to 81 s"});
  EXPECT_EQ(read("Each handler runs in < 1000 \u00b5s."), Texts{"1 limit better at most 1000 us"});
  EXPECT_EQ(read("- 100 % pass rate"), Texts{"1 rate better 100%"});
  EXPECT_EQ(read("The handler is +502.4 \u00b5s WORSE."), Texts{"1 difference worse 502.4 us"});
  EXPECT_EQ(read("15.9 % worse in CI"), Texts{"1 percent worse 15.9%"});
  EXPECT_EQ(read("1 success out of 10 operations"), Texts{"1 rate unknown 10%"});
}

TEST(FoundClaims, AreReadInTheWordsOfPullRequests) {
  EXPECT_EQ(read("Twice as fast as before."), Texts{"1 ratio better 2x"});
  EXPECT_EQ(read("Down from ~1GB to ~200MB"), Texts{"1 values better 1000 MB to 200 MB"});
  EXPECT_EQ(read("This shaved 2 minutes off the suite."), Texts{"1 difference better 2 min"});
  EXPECT_EQ(read("Speeds up startup by 5-10 seconds."), Texts{"1 difference better 5-10 s"});
  EXPECT_EQ(read("Reduces the run to 40 seconds."), Texts{"1 value better 40 s"});
  EXPECT_EQ(read("* before: 5m 36s\n* now: 1m 31s\n"), Texts{"2 values better 336 s to 91 s"});
  EXPECT_EQ(read("About 260K less allocations."), Texts{"1 difference better 260"});
}

TEST(FoundClaims, StandOnTheirOwnLineOfAParagraph) {
  EXPECT_EQ(read("Some words\nand more of them,\nthen 3x faster."), Texts{"3 ratio better 3x"});
}

TEST(FoundClaims, AreReadInTablesAndCodeBlocks) {
  EXPECT_EQ(read("| what | change |\n|---|---|\n| parse | **-70%** |\n"), Texts{"3 percent unknown -70%"});
  EXPECT_EQ(read("```\nTPC-H 2 | 124.048 | 115.241 | -7%\n```\n"), Texts{"2 percent unknown -7%"});
  EXPECT_EQ(read("| a | 0.08 | 0.14 | 75.00% |\n|---|---|---|---|\n| b | 0.43 | 0.76 | 76.74% |\n").size(), 2U);
}

TEST(FoundClaims, AreReadWithDecimalCommasAndGroups) {
  EXPECT_EQ(read("12,5 % faster"), Texts{"1 percent better 12.5%"});
  EXPECT_EQ(read("from 16,174 ms to 5,083 ms"), Texts{"1 values better 16174 ms to 5083 ms"});
}

TEST(FoundClaims, AreReadThroughEmojiAndTextThatWasEncodedTwice) {
  EXPECT_EQ(read("\U0001F680 4\u00c3\u2014 faster, < 1000 \u00c2\u00b5s"),
            (Texts{"1 ratio better 4x", "1 limit better at most 1000 us"}));
  EXPECT_EQ(read("4\xd7 faster, 324 s \u00e2\u2020\u2019 81 s"),
            (Texts{"1 values better 324 s to 81 s", "1 ratio better 4x"}));
}

TEST(FoundClaims, AreNoVersionsDimensionsDatesOrConfidences) {
  for (const std::string text :
       {"Ubuntu 20.04.2 LTS", "a 64x64 picture", "x86 and 0x10", "We ran it 3x.", "2026-03-01 to 2026-03-02",
        "the 95% CI of the mean", "100% coverage of branches", "System test runs are often taking 15> mins",
        "regression_threshold = 0.05", "time: [301.46 ms 301.66 ms 301.86 ms]"}) {
    EXPECT_EQ(read(text), Texts{}) << text;
  }
}

TEST(FoundClaims, HaveADraftOfNumbersUnitsAndTheLineOnly) {
  const auto draft = [](const std::string& text) { return claim_draft(found_in(text).claims.front().statement); };
  const std::string begin = "assay claim --experiment EXPERIMENT.toml --metric METRIC ";
  EXPECT_EQ(draft("`id` $(touch pwned) \"';|& 4-5x faster; rm -rf /"), begin + "--ratio 4x  # line 1");
  EXPECT_EQ(draft("from 324 s to 81 s"), begin + "--from '324 s' --to '81 s'  # line 1");
  EXPECT_EQ(draft("under 2 GB"), begin + "--below '2 GB'  # line 1");
  EXPECT_EQ(draft("100 % of tests pass"), begin + "--success 100% --at-least FLOOR  # line 1");
  EXPECT_EQ(draft("+502.4 us WORSE"), "assay run EXPERIMENT.toml  # line 1");
}

TEST(Contradictions, AreSeveralRatiosForOneChange) {
  EXPECT_EQ(kinds_of_contradictions("Expect 3-4x faster.\n\nA 4-5x speedup.\n\n4.0x faster in all.\n"),
            std::vector{ContradictionKind::several_ratios});
  EXPECT_TRUE(kinds_of_contradictions("Expect 4x faster.\n\nIn all 4.0x faster.\n").empty());
  EXPECT_TRUE(kinds_of_contradictions("The pool is 1200x faster.\n\nThe parser is 2x faster.\n").empty());
}

TEST(Contradictions, AreFiguresThatDoNotFollowFromEachOther) {
  EXPECT_EQ(kinds_of_contradictions("From 324 s to 81 s, which is 75 % less.\n"), std::vector<ContradictionKind>{});
  EXPECT_EQ(kinds_of_contradictions("From 324 s to 81 s, which is 50 % less.\n"),
            std::vector{ContradictionKind::wrong_arithmetic});
  const std::string table = "| phase | time |\n|---|---|\n| build | 10 s |\n| test | 20 s |\n| Total | ";
  EXPECT_EQ(kinds_of_contradictions(table + "45 s |\n"), std::vector{ContradictionKind::wrong_arithmetic});
  EXPECT_TRUE(kinds_of_contradictions(table + "30 s |\n").empty());
}

TEST(Contradictions, AreWordsThatFactsBesideThemDeny) {
  EXPECT_EQ(kinds_of_contradictions("Goal: achieved.\n\nMetrics: TBD after deployment.\n"),
            std::vector{ContradictionKind::not_done});
  EXPECT_EQ(kinds_of_contradictions("The pool is production-ready.\n\nStress test: 10 % success rate.\n"),
            std::vector{ContradictionKind::not_ready});
  EXPECT_EQ(kinds_of_contradictions("2x faster, in a single run.\n"), std::vector{ContradictionKind::single_run});
}

TEST(Backing, IsARecordWhoseIntervalHoldsTheFigure) {
  const std::vector<ShownEffect> shown = {
      {.record = "0001-par", .metric = "wall", .ratio = {1.8, 2.1, ""}, .treatment = {81, 81, "s"}}};
  const auto backed = [&shown](const std::string& text) {
    return !backing_of(found_in(text).claims.front().statement, shown).empty();
  };
  EXPECT_TRUE(backed("2x faster"));
  EXPECT_FALSE(backed("4x faster"));
  EXPECT_TRUE(backed("from 160 s to 81 s"));
  EXPECT_TRUE(backed("within 90 s"));
  EXPECT_TRUE(backed("within 2 minutes"));
  EXPECT_FALSE(backed("within 80 s"));
  EXPECT_FALSE(backed("50 % worse"));
}

TEST(PlainText, KeepsItsLinesWhateverBytesThereAre) {
  const std::string text("a\0b\r\n\xff\xfe\n\u2192 c\n", 14);
  const std::string plain = plain_text(text);
  EXPECT_EQ(std::count(plain.begin(), plain.end(), '\n'), std::count(text.begin(), text.end(), '\n'));
  EXPECT_EQ(plain.find('\0'), std::string::npos);
}

TEST(Passages, HaveTheLineOfEachByte) {
  const std::vector<Passage> passages =
      passages_in("# Title\n\n- one\n- two\n\n```\nfirst\nsecond\n```\n\nlast\nline\n");
  std::vector<std::string> texts;
  for (const Passage& passage : passages) {
    texts.push_back(std::to_string(line_at(passage, 0)) + " " + std::string(to_string(passage.kind)) + " " +
                    passage.text);
  }
  EXPECT_EQ(texts, (Texts{"1 heading Title", "3 item one", "4 item two", "7 code first", "8 code second",
                          "11 prose last\nline"}));
  EXPECT_EQ(line_at(passages.back(), 6), 12);
}

TEST(Passages, EndForAnyDepthOfMarks) {
  const std::string deep =
      std::string(20'000, '[') + std::string(20'000, '>') + std::string(20'000, '*') + " 4x faster";
  EXPECT_FALSE(passages_in(deep).empty());
}

TEST(Quantities, AreReadInTheUnitsOfOptions) {
  EXPECT_EQ(value_of({.span = "5m 36s"}), (Quantity{336, 336, "s"}));
  EXPECT_EQ(value_of({.span = "1h30m"}), (Quantity{90, 90, "min"}));
  EXPECT_EQ(value_of({.span = "1 h 2 min 3.5 s"}), (Quantity{3723.5, 3723.5, "s"}));
  EXPECT_EQ(value_of({.span = "8:05"}), (Quantity{485, 485, "s"}));
  EXPECT_EQ(value_of({.span = "01:00:09.250"}), (Quantity{3609.25, 3609.25, "s"}));
  EXPECT_EQ(value_of({.low = "11", .high = "12", .unit = "mins"}), (Quantity{11, 12, "min"}));
  EXPECT_EQ(value_of({.low = "13", .unit = "Mb"}), (Quantity{13, 13, "MB"}));
  EXPECT_EQ(converted({1, 1, "GB"}, "MB"), (Quantity{1000, 1000, "MB"}));
  EXPECT_EQ(written_number("7,845"), 7845);
  EXPECT_EQ(written_number("4,5"), 4.5);
}

TEST(FoundClaims, QuoteAPartOfALineWithoutAnEnd) {
  std::string line = "It is 4x faster, ";
  for (int words = 0; words < 3000; ++words) line += "für alle ";
  const FoundClaims found = claims_in_document(line, std::nullopt);
  ASSERT_EQ(found.claims.size(), 1U);
  EXPECT_LE(found.claims.front().statement.quote.size(), 4000U);
  EXPECT_EQ(printable(found.claims.front().statement.quote), found.claims.front().statement.quote);
}

}  // namespace found_claims_tests
}  // namespace assay::adversary
