#include "experiments/cli/advice_command.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::cli {
namespace advice_command_tests {

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
}  // namespace assay::cli
