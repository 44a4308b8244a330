#include "core/target.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay {
namespace target_tests {

Target deploy_time() {
  return {.workload = "site",
          .state = "warm",
          .metric = "wall",
          .statistic = Statistic::median,
          .bound = Bound::at_most,
          .limit = 90,
          .unit = "s"};
}

TEST(Target, IsTheSameWithAnotherLimit) {
  Target other = deploy_time();
  other.limit = 120;
  EXPECT_TRUE(is_same_target(deploy_time(), other));
  other.statistic = Statistic::maximum;
  EXPECT_FALSE(is_same_target(deploy_time(), other));
}

TEST(Target, IsNamedByItsParts) {
  EXPECT_EQ(target_name(deploy_time()), "site/warm/wall/median");
  EXPECT_EQ(limit_text(deploy_time(), 90), "at most 90.0 s");
}

TEST(Target, IsLooserOnTheSideThatAsksForLess) {
  EXPECT_TRUE(is_looser(Bound::at_most, 120, 90));
  EXPECT_FALSE(is_looser(Bound::at_most, 90, 90));
  EXPECT_TRUE(is_looser(Bound::at_least, 90, 120));
}

TEST(Target, IsKeptAtItsVeryLimit) {
  EXPECT_TRUE(keeps(Bound::at_most, 90, 90));
  EXPECT_FALSE(keeps(Bound::at_most, 90, 90.1));
  EXPECT_FALSE(keeps(Bound::at_least, 0.97, 0.9));
}

TEST(ParseLimit, ReadsTheMetricsOwnUnit) {
  EXPECT_DOUBLE_EQ(parse_limit("1.5 min", "s"), 90);
  EXPECT_DOUBLE_EQ(parse_limit("1 KiB", "B"), 1024);
  EXPECT_DOUBLE_EQ(parse_limit("97%", ""), 0.97);
  EXPECT_DOUBLE_EQ(parse_limit("-3.5", "1/s"), -3.5);
}

TEST(ParseLimit, RefusesAnythingElse) {
  EXPECT_EQ(test::message_of([] { (void)parse_limit("many", ""); }),
            "\"many\" is not a number, nor a share such as 97%");
  EXPECT_EQ(test::message_of([] { (void)parse_limit("inf", "1/s"); }), "\"inf\" is not a number of 1/s");
  EXPECT_NE(test::message_of([] { (void)parse_limit("90", "s"); }), "");
}

}  // namespace target_tests
}  // namespace assay
