#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/adversary/reports/found_claims_text.hpp"
#include "tests/unit/adversary/read_claims.hpp"

namespace assay::adversary {
namespace report_words_tests {

using Texts = std::vector<std::string>;

TEST(RatiosInWords, NameSharesAndMultiples) {
  EXPECT_EQ(read_claims("The export runs in 1/4 the time."), Texts{"1 ratio better 4x"});
  EXPECT_EQ(read_claims("It finishes in a third of the time."), Texts{"1 ratio better 3x"});
  EXPECT_EQ(read_claims("The fallback is twice as slow."), Texts{"1 ratio worse 2x"});
  EXPECT_EQ(read_claims("The fallback is half as fast."), Texts{"1 ratio worse 2x"});
  EXPECT_EQ(read_claims("The patch raised the speed by two or three times."), Texts{"1 ratio better 2x"});
  EXPECT_EQ(read_claims("The gain was small, 2.5x became 3.5x."), Texts{"1 ratio better 3.5x"});
  EXPECT_EQ(read_claims("The change is cutting performance in half."), Texts{"1 ratio worse 2x"});
  EXPECT_EQ(read_claims("Our fast box has a Ryzen 7900x inside."), Texts{});
}

TEST(RatiosInWords, NameOrdersOfMagnitude) {
  EXPECT_EQ(read_claims("The new index is an order of magnitude faster."), Texts{"1 ratio better 10x"});
  EXPECT_EQ(read_claims("We saw two orders of magnitude lower latency."), Texts{"1 ratio better 100x"});
  EXPECT_EQ(read_claims("The tables differ by an order of magnitude."), Texts{});
  EXPECT_EQ(read_claims("It is twice faster."), Texts{"1 ratio better 2x"});
}

TEST(PercentagesInWords, AreTheSameAsWithTheSign) {
  EXPECT_EQ(read_claims("Parsing is 35 percent faster."), Texts{"1 percent better 35%"});
  EXPECT_EQ(read_claims("Parsing is 35 per cent faster."), Texts{"1 percent better 35%"});
  EXPECT_EQ(read_claims("Parsing is 5 percentage points away."), Texts{});
}

TEST(FiguresWithErrors, AreReadWithoutThem) {
  EXPECT_EQ(read_claims("  1.12 \u00b1 0.03 times faster than ./old"), Texts{"1 ratio better 1.12x"});
  EXPECT_EQ(read_claims("It fell from 12.5 ms \u00b1 0.4 ms to 9.5 ms +/- 0.2 ms."),
            Texts{"1 values better 12.5 ms to 9.5 ms"});
  EXPECT_EQ(read_claims("It fell from 12.5 \u00b1 0.4 to 9.5 \u00b1 0.2 ms."),
            Texts{"1 values better 12.5 ms to 9.5 ms"});
}

TEST(FiguresOfLanguages, MayHaveNarrowBlanksBetweenTheirDigits) {
  EXPECT_EQ(read_claims("Requests fell from 12\u202f500 to 1\u00a0500 calls."), Texts{"1 values better 12500 to 1500"});
}

TEST(FiguresOfTheWeb, AreNotThoseOfItsAddresses) {
  EXPECT_EQ(read_claims("- 14s https://ci.example.org/runs/771/job/3 ->\n  6s https://ci.example.org/runs/772/job/4\n"),
            Texts{"2 values better 14 s to 6 s"});
}

TEST(SharesInReports, OfThingsAreNoChange) {
  EXPECT_EQ(read_claims("A better picture: <img src=\"a.png\" width=\"80%\">"), Texts{});
  EXPECT_EQ(read_claims("It is faster when there were 20 % of unique values."), Texts{});
  EXPECT_EQ(read_claims("A slower copy is followed by 8 bytes of text."), Texts{});
  EXPECT_EQ(read_claims("We cut the Y-axis from 300 ms down to 50 ms."), Texts{});
}

TEST(RatesInWords, CountOutcomes) {
  EXPECT_EQ(read_claims("The old test failed 1/200 times."), Texts{"1 rate better 99.5%"});
  EXPECT_EQ(read_claims("It passed 60 of 60."), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("It failed 0 times in 400 runs."), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("I ran it 400 times and it failed 2 times."), Texts{"1 rate better 99.5%"});
  EXPECT_EQ(read_claims("Since then the error rate dropped to 0%."), Texts{"1 rate better 100%"});
  EXPECT_EQ(read_claims("It passed 10/12/2025."), Texts{});
  EXPECT_EQ(read_claims("The 60.5% correctly equals the share."), Texts{});
}

TEST(GuessesInReports, GovernOnlyTheirPartOfTheSentence) {
  EXPECT_EQ(read_claims("That may sound odd, but parsing is 3x faster."), Texts{"1 ratio better 3x"});
  EXPECT_EQ(read_claims("Parsing is 3x faster, which you would not expect."), Texts{"1 ratio better 3x"});
  EXPECT_EQ(read_claims("A deploy may take 4 minutes now, and 9 minutes before."),
            Texts{"1 values better 9 min to 4 min"});
  EXPECT_EQ(read_claims("Parsing would be 3x faster, or 4x with luck."), Texts{});
}

TEST(NamesInReports, AreNoSettings) {
  EXPECT_EQ(read_claims("Make `parse_args` 30% faster"), Texts{"1 percent better 30%"});
  EXPECT_EQ(read_claims("parse_args is 30% faster"), Texts{"1 percent better 30%"});
  EXPECT_EQ(read_claims("retry_delay was reduced from 30 s to 10 s."), Texts{});
  EXPECT_EQ(read_claims("The performance penalty was about 12% in our runs."), Texts{"1 percent worse 12%"});
}

TEST(ValuesInReports, AreSizesAndDurationsOfAllForms) {
  EXPECT_EQ(read_claims("The heap of a worker went from 40M to 20M."), Texts{"1 values better 40 MB to 20 MB"});
  EXPECT_EQ(read_claims("old: real 2m40,500s\nnew: real 0m40,250s\n"), Texts{"2 values better 160.5 s to 40.25 s"});
  EXPECT_EQ(read_claims("We saw 4%-6.5% better latency."), Texts{"1 percent better 4-6.5%"});
  EXPECT_EQ(read_claims("Latency is 10..12% lower."), Texts{"1 percent better 10-12%"});
  EXPECT_EQ(read_claims("Linting previously took ~30 minutes, this patch gets it done in around 10 minutes."),
            Texts{"1 values better 30 min to 10 min"});
  EXPECT_EQ(read_claims("Startup was 8 s, became 2 s."), Texts{"1 values better 8 s to 2 s"});
  EXPECT_EQ(read_claims("Reduces the bundle size for more than 7 KB."), Texts{"1 difference better 7 kB"});
}

TEST(ValuesInReports, AreNoConditionsAndVersions) {
  EXPECT_EQ(read_claims("Fixed the counter for archives > 8 GB."), Texts{});
  EXPECT_EQ(read_claims("Fixed a wrap if more than 2 GiB is in use."), Texts{});
  EXPECT_EQ(read_claims("Upgrade the linter from `0.51` to `0.61` for speed."), Texts{});
}

TEST(PercentagesInReports, AreLossesOfPerformance) {
  EXPECT_EQ(read_claims("- **Performance improvement**: -7.5%\n"), Texts{"1 percent worse -7.5%"});
}

TEST(ContradictionsInReports, AreGainsThatDoNotFollow) {
  EXPECT_EQ(read_contradictions("Sorting: 9.0ms --> 4.5ms is called a 140% improvement."),
            Texts{"wrong-arithmetic 9 ms to 4.5 ms is 2x, and 140% is said"});
  EXPECT_EQ(read_contradictions("Sorting: 9.0ms --> 4.5ms is called a 101% improvement."), Texts{});
}

TEST(ContradictionsInReports, AreNoneOfTwoPlaces) {
  EXPECT_EQ(read_contradictions("- 2x faster on Alpha Board\n- 3x faster on Beta Board\n"), Texts{});
}

TEST(QuotesInReports, AreTheirPartAroundTheFigure) {
  std::string words;
  for (int count = 0; count < 60; ++count) words += "word ";
  const std::string text =
      found_claims_text(claims_in_document(words + "and parsing is 3x faster " + words, std::nullopt), "r.md");
  EXPECT_NE(text.find("\"...word"), std::string::npos) << text;
  EXPECT_NE(text.find("parsing is 3x faster"), std::string::npos) << text;
}

}  // namespace report_words_tests
}  // namespace assay::adversary
