#include "experiments/report/quantity.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace assay::report {
namespace quantity_tests {

std::string shown(double value, std::string_view unit, std::string_view time_unit = {}) {
  return quantity_text(value, scale_for(value, unit, time_unit));
}

TEST(Quantity, TimesTakeTheUnitThatSuitsThem) {
  EXPECT_EQ(shown(0.0413, "s"), "41.3 ms");
  EXPECT_EQ(shown(4.5e-7, "s"), "450 ns");
  EXPECT_EQ(shown(324, "s"), "324 s");
  EXPECT_EQ(shown(1800, "s"), "30.0 min");
  EXPECT_EQ(shown(0, "s"), "0 s");
}

TEST(Quantity, AFixedTimeUnitKeepsThreeDigits) {
  EXPECT_EQ(shown(0.00045, "s", "s"), "0.000450 s");
  EXPECT_EQ(shown(5.31, "s", "ms"), "5310 ms");
}

TEST(Quantity, BytesTakeDecimalPrefixes) {
  EXPECT_EQ(shown(1380000, "B"), "1.38 MB");
  EXPECT_EQ(shown(64, "B"), "64 B");
}

TEST(Quantity, WholeCountsGetNoDecimals) {
  EXPECT_EQ(shown(12, ""), "12");
  EXPECT_EQ(shown(12.34, "1/s"), "12.3 1/s");
}

TEST(Quantity, AValueThatRoundsUpToMoreDigitsLosesADecimal) {
  EXPECT_EQ(shown(9.996, "1/s"), "10.0 1/s");
}

TEST(Quantity, WhatIsTooSmallOrTooLargeToWriteOutTakesAPowerOfTen) {
  EXPECT_EQ(shown(3.2e-9, ""), "3.20e-9");
  EXPECT_EQ(shown(-9.996e-7, ""), "-1.00e-6");
  EXPECT_EQ(shown(9.91e299, ""), "9.91e299");
  EXPECT_EQ(shown(4.94e-324, ""), "4.94e-324");
  EXPECT_EQ(shown(3.2e-9, "s", "s"), "3.20e-9 s");
  EXPECT_EQ(shown(1e300, "B"), "1.00e288 TB");
}

TEST(Quantity, WhatIsStillReadDigitByDigitIsWrittenOut) {
  EXPECT_EQ(shown(0.0001, ""), "0.000100");
  EXPECT_EQ(shown(123456789012, "instructions"), "123456789012 instructions");
}

TEST(SignedQuantity, TakesAPowerOfTenTheSameWay) {
  EXPECT_EQ(signed_quantity_text(3.2e-9, {}), "+3.20e-9");
}

TEST(SignedQuantity, ZeroHasNoSign) {
  const DisplayScale milliseconds{1e-3, "ms"};
  EXPECT_EQ(signed_quantity_text(0.012, milliseconds), "+12.0 ms");
  EXPECT_EQ(signed_quantity_text(-0.012, milliseconds), "-12.0 ms");
  EXPECT_EQ(signed_quantity_text(-0.0, milliseconds), "0 ms");
}

TEST(Spread, SharesTheUnitAndTheDecimals) {
  EXPECT_EQ(spread_text(0.0413, 0.0005, {1e-3, "ms"}, " +- "), "41.3 +- 0.5 ms");
}

TEST(Spread, GetsMoreDecimalsWhereItWouldVanish) {
  EXPECT_EQ(spread_text(0.0413, 0.000004, {1e-3, "ms"}, " +- "), "41.300 +- 0.004 ms");
  EXPECT_EQ(spread_text(0.0413, 0, {1e-3, "ms"}, " +- "), "41.3 +- 0.0 ms");
}

TEST(Spread, SharesThePowerOfTen) {
  EXPECT_EQ(spread_text(3.2e-9, 5e-11, {}, " +- "), "3.20e-9 +- 0.05e-9");
  EXPECT_EQ(spread_text(3.2e-9, 5e-13, {}, " +- "), "3.2000e-9 +- 0.0005e-9");
  EXPECT_EQ(spread_text(9.91e299, 2e298, {}, " +- "), "9.91e299 +- 0.20e299");
  EXPECT_EQ(spread_text(3.2e-9, 0, {}, " +- "), "3.20e-9 +- 0.00e-9");
}

TEST(Spread, OfAValueThatVanishesBesideItIsReadable) {
  EXPECT_EQ(spread_text(0, 2e-9, {}, " +- "), "0.00e-9 +- 2.00e-9");
  EXPECT_EQ(spread_text(1e-300, 5.5, {}, " +- "), "0.00 +- 5.50");
  EXPECT_EQ(spread_text(5, 1e20, {}, " +- "), "0.00e20 +- 1.00e20");
  EXPECT_EQ(spread_text(0, 0.3, {}, " +- "), "0.0 +- 0.3");
}

TEST(Change, IsNeverANegativeZero) {
  EXPECT_EQ(change_text(-0.0001), "0.0 %");
  EXPECT_EQ(change_text(-0.0), "0.0 %");
  EXPECT_EQ(change_text(0.0001), "0.0 %");
}

TEST(Change, ShowsASmallOneWithTwoDecimalsAndALargeOneWithout) {
  EXPECT_EQ(change_text(-80.83), "-80.8 %");
  EXPECT_EQ(change_text(0.053), "+0.05 %");
  EXPECT_EQ(change_text(-0.006), "-0.01 %");
  EXPECT_EQ(change_text(1234.4), "+1234 %");
}

TEST(Change, AnInfiniteOneIsUnbounded) {
  EXPECT_EQ(change_text(std::numeric_limits<double>::infinity()), "unbounded");
}

TEST(Share, ShowsTheDigitsThatThereAre) {
  EXPECT_EQ(share_text(0.95), "95 %");
  EXPECT_EQ(share_text(0.975), "97.5 %");
  EXPECT_EQ(share_text(0.9983333), "99.83 %");
  EXPECT_EQ(share_text(0.99999), "99.999 %");  // nearly all is not all
  EXPECT_EQ(share_text(1), "100 %");
}

TEST(Ratio, HasMoreDecimalsNearOneAndFewerWhenLarge) {
  EXPECT_EQ(ratio_text(1.0324, 1.0324), "1.032");
  EXPECT_EQ(ratio_text(1.2149, 1.2149), "1.21");
  EXPECT_EQ(ratio_text(12.34, 12.34), "12.3");
  EXPECT_EQ(ratio_text(1234.4, 1234.4), "1234");
}

TEST(Ratio, IntervalEndsTakeTheDecimalsOfTheEstimate) {
  EXPECT_EQ(ratio_text(1.05, 1.21), "1.05");
}

TEST(Ratio, BesideOneHasTheDecimalsThatTellItFromOne) {
  EXPECT_EQ(beyond_one_text(1.0324), "1.032");
  EXPECT_EQ(beyond_one_text(1.0003), "1.0003");
  EXPECT_EQ(beyond_one_text(0.99996), "0.99996");
  EXPECT_EQ(beyond_one_text(1), "1.000");
}

TEST(Count, OneIsSingular) {
  EXPECT_EQ(count_text(1, "block"), "1 block");
  EXPECT_EQ(count_text(0, "block"), "0 blocks");
  EXPECT_EQ(count_text(24, "block"), "24 blocks");
}

TEST(RoughDuration, ChoosesTheUnitThatPeoplePlanIn) {
  EXPECT_EQ(rough_duration_text(0.2), "1 s");
  EXPECT_EQ(rough_duration_text(45), "45 s");
  EXPECT_EQ(rough_duration_text(725), "12 min");
  EXPECT_EQ(rough_duration_text(12600), "3.5 h");
  EXPECT_EQ(rough_duration_text(345600), "4 days");
}

TEST(RoundedUp, KeepsTwoDigitsAndNeverPromisesTooLittle) {
  EXPECT_EQ(rounded_up(337), 340);
  EXPECT_EQ(rounded_up(99), 99);
  EXPECT_EQ(rounded_up(100), 100);
  EXPECT_EQ(rounded_up(12001), 13000);
  EXPECT_EQ(rounded_up(std::numeric_limits<int>::max()), std::numeric_limits<int>::max());
}

}  // namespace quantity_tests
}  // namespace assay::report
