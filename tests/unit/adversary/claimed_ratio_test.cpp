#include "experiments/adversary/claimed_ratio.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay::adversary {
namespace claimed_ratio_tests {

constexpr Direction kLower = Direction::lower;
constexpr Direction kHigher = Direction::higher;

TEST(ClaimedRatio, LessTimeDividesAndFasterMultiplies) {
  EXPECT_DOUBLE_EQ(claimed_ratio("30% less time", kLower), 1 / 0.7);
  EXPECT_DOUBLE_EQ(claimed_ratio("-30%", kLower), 1 / 0.7);
  EXPECT_DOUBLE_EQ(claimed_ratio("30% faster", kLower), 1.3);
  EXPECT_DOUBLE_EQ(claimed_ratio("75 % less", kLower), 4);
}

TEST(ClaimedRatio, TimesAreTheRatioItself) {
  for (const char* text : {"4x", "4 x", "4×", "4x faster", "4.0x less"}) {
    EXPECT_DOUBLE_EQ(claimed_ratio(text, kLower), 4) << text;
  }
  EXPECT_DOUBLE_EQ(claimed_ratio("4x more", kHigher), 4);
}

TEST(ClaimedRatio, MoreIsBetterWhereHigherValuesAre) {
  EXPECT_DOUBLE_EQ(claimed_ratio("+25%", kHigher), 1.25);
  EXPECT_DOUBLE_EQ(claimed_ratio("25%", kHigher), 1.25);
  EXPECT_DOUBLE_EQ(claimed_ratio("25% more", kHigher), 1.25);
}

TEST(ClaimedRatio, ALossIsNoImprovementAndSaysWhatToStateInstead) {
  for (const char* text : {"30%", "30% more", "30% slower", "0.5x", "1x", "4x more", "0%"}) {
    try {
      (void)claimed_ratio(text, kLower);
      ADD_FAILURE() << text << " was taken for an improvement";
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("not worse"), std::string::npos) << error.what();
    }
  }
  EXPECT_THROW((void)claimed_ratio("-25%", kHigher), Error);
}

TEST(ClaimedRatio, WhatIsNoChangeIsRefused) {
  for (const char* text :
       {"", "x", "fast", "30", "-100%", "-120%", "30% cheaper", "nan%", "inf x", "-4x", "1e400x", "+30% less"}) {
    EXPECT_THROW((void)claimed_ratio(text, kLower), Error) << text;
  }
}

TEST(ClaimedRatio, OfTwoValuesIsTheirQuotientInTheMetricsDirection) {
  EXPECT_DOUBLE_EQ(claimed_ratio(BeforeAfter{.before = 324, .after = 81}, kLower), 4);
  EXPECT_DOUBLE_EQ(claimed_ratio(BeforeAfter{.before = 100, .after = 150}, kHigher), 1.5);
  EXPECT_THROW((void)claimed_ratio(BeforeAfter{.before = 81, .after = 324}, kLower), Error);
  EXPECT_THROW((void)claimed_ratio(BeforeAfter{.before = 81, .after = 0}, kLower), Error);
}

TEST(WithPercentSign, IsAddedToABareFigureOnly) {
  EXPECT_EQ(with_percent_sign("-30"), "-30%");
  EXPECT_EQ(with_percent_sign(" +12.5 "), "+12.5%");
  EXPECT_EQ(with_percent_sign("-30%"), "-30%");
  EXPECT_EQ(with_percent_sign("30% less"), "30% less");
  EXPECT_EQ(with_percent_sign("4x"), "4x");
  EXPECT_EQ(with_percent_sign(""), "");
}

}  // namespace claimed_ratio_tests
}  // namespace assay::adversary
