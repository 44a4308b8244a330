#include <gtest/gtest.h>

#include "tests/unit/adversary/read_claims.hpp"

namespace assay::adversary {
namespace report_arithmetic_tests {

using Texts = std::vector<std::string>;

Statement first_of(const std::string& document) {
  return claims_in_document(document, std::nullopt).claims.front().statement;
}

std::string draft(const std::string& document) {
  const std::string text = claim_draft(first_of(document));
  return text.substr(text.find("--from"), text.find("  #") - text.find("--from"));
}

TEST(RangesOfValues, GiveTheRatiosBetweenTheirEnds) {
  EXPECT_EQ(stated_ratio(first_of("3-6ms -> 1-3ms")), (Quantity{1, 6, ""}));
  EXPECT_EQ(stated_ratio(first_of("10-20ms -> 2-5ms")), (Quantity{2, 10, ""}));
  EXPECT_EQ(stated_ratio(first_of("throughput: 10-20 MB/s -> 30-40 MB/s")), (Quantity{1.5, 4, ""}));
  EXPECT_EQ(read_claims("3-6ms -> 1-3ms"), Texts{"1 values better 3-6 ms to 1-3 ms"});
}

TEST(RangesOfValues, AreDraftedAsTheLeastChange) {
  EXPECT_EQ(draft("10-20ms -> 2-5ms"), "--from '10 ms' --to '5 ms'");
  EXPECT_EQ(draft("3-6ms -> 1-3ms"), "--from '6 ms' --to '3 ms'");
  EXPECT_EQ(draft("3-6ms -> 3-4ms"), "--from '6 ms' --to '4 ms'");
  EXPECT_EQ(draft("3-6ms -> 2-6ms"), "--from '3 ms' --to '2 ms'");
  EXPECT_EQ(draft("throughput: 10-20 MB/s -> 30-40 MB/s"), "--from '20' --to '30'");
}

TEST(WrongArithmetic, ForgivesWhatIsSaidToBeAbout) {
  EXPECT_EQ(read_contradictions("~90% less memory (530MB -> 50MB)"), Texts{});
  EXPECT_EQ(read_contradictions("about 90 % less memory (530MB -> 50MB)"), Texts{});
  EXPECT_EQ(read_contradictions("90% less memory (530MB -> 50MB)").size(), 1U);
  EXPECT_EQ(read_contradictions("~80% less memory (530MB -> 50MB)").size(), 1U);
  EXPECT_EQ(read_contradictions("3-6ms -> 1-3ms (2x faster)"), Texts{});
}

TEST(SeveralRatios, StandBelowOneHeading) {
  EXPECT_EQ(read_contradictions("## Loader\n\n2.5x faster\n\n## Writer\n\n3x faster\n"), Texts{});
  EXPECT_EQ(read_contradictions("## Loader\n\n2.5x faster\n\nThat is 3x faster.\n"),
            Texts{"several-ratios if these are one change, which is it: 2.5x, 3x"});
}

TEST(SeveralRatios, AreNotOfThingsWithDifferentNames) {
  EXPECT_EQ(read_contradictions("- Loader: 2.5x faster\n- Writer: 3x faster\n"), Texts{});
  EXPECT_EQ(read_contradictions("It is faster than awk (2.5x) and sed (3x)."), Texts{});
  EXPECT_EQ(read_contradictions("Speedup vs awk: 2.5x\n\nSpeedup vs sed: 3x\n"), Texts{});
  EXPECT_EQ(read_contradictions("The loader is 2.5x faster.\n\nThe writer is 3x faster.\n"), Texts{});
  EXPECT_EQ(read_contradictions("The loader is 2.5x faster.\n\nThe loader is 3x faster.\n").size(), 1U);
  EXPECT_EQ(read_contradictions("Impact: 2.5x faster\n\nResult: 3x faster\n").size(), 1U);
}

}  // namespace report_arithmetic_tests
}  // namespace assay::adversary
