#include <gtest/gtest.h>

#include "experiments/screen/emit.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::screen {
namespace advice_command_tests {

const OptionSpelling kCap{"--max-blocks", "-M"};

TEST(WithOption, TakesThePlaceOfTheSameOption) {
  const Arguments replaced = {"--max-blocks", "340", "a", "b"};
  EXPECT_EQ(with_option({"a", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"--max-blocks", "10", "a", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"--max-blocks=10", "a", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"a", "-M", "10", "b"}, kCap, "340"), replaced);
  EXPECT_EQ(with_option({"a", "-M10", "b"}, kCap, "340"), replaced);
}

TEST(WithoutOption, TakesOutTheOptionWithItsValue) {
  EXPECT_EQ(without_option({"-M", "10", "a", "--max-blocks=20"}, kCap), (Arguments{"a"}));
}

TEST(WithOption, LeavesOtherOptionsAndWhatFollowsTheDashes) {
  EXPECT_EQ(with_option({"--max-time", "1min", "--", "-M", "10"}, kCap, "340"),
            (Arguments{"--max-blocks", "340", "--max-time", "1min", "--", "-M", "10"}));
}

AttemptResult result_that_needs(int blocks, double seconds) {
  AttemptResult result;
  result.advice.blocks_needed = blocks;
  result.advice.seconds_needed = seconds;
  return result;
}

class AdviceCommand : public testing::Test {
 protected:
  AdviceCommand() { plan_.protocol.max_time = std::chrono::minutes(10); }
  Plan plan_ = test::small_plan(test::command_variable({"true"}, {"true"}));
};

TEST_F(AdviceCommand, AsksForTheBlocksThatAreNeeded) {
  EXPECT_EQ(advice_command({"compare", "-M", "10", "sleep 1", "true"}, plan_, result_that_needs(333, 60)),
            "assay compare --max-blocks 340 'sleep 1' true");
}

TEST_F(AdviceCommand, AsksForMoreTimeWhereTheLimitWouldCutIt) {
  EXPECT_EQ(advice_command({"compare", "true", "true"}, plan_, result_that_needs(333, 600)),
            "assay compare --max-blocks 340 --max-time 15min true true");
}

TEST_F(AdviceCommand, LetsAFixedNumberOfBlocksGiveWay) {
  EXPECT_EQ(advice_command({"compare", "--runs", "10", "true", "true"}, plan_, result_that_needs(333, 60)),
            "assay compare --max-blocks 340 true true");
}

TEST_F(AdviceCommand, IsNotGivenWithoutAdvice) {
  EXPECT_EQ(advice_command({"compare", "true", "true"}, plan_, {}), "");
}

TEST_F(AdviceCommand, IsNotGivenWhereNoCommandTakesSoManyBlocks) {
  EXPECT_EQ(advice_command({"compare", "true", "true"}, plan_, result_that_needs(13000, 60)), "");
}

}  // namespace advice_command_tests
}  // namespace assay::screen
