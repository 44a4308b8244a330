#include "experiments/design/schedule.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "tests/support/side_by_side_plan.hpp"

namespace assay::design {
namespace schedule_tests {

Plan plan_of_arms(std::size_t arms, std::uint64_t seed = 1) {
  Plan plan;
  plan.variable.levels.resize(arms);
  plan.seed = Seed(seed);
  return plan;
}

int blocks_with_treatment_first(const Plan& plan, int blocks) {
  int count = 0;
  for (int number = 1; number <= blocks; ++number) count += block_order(plan, 0, number).arms[0] == 1 ? 1 : 0;
  return count;
}

TEST(Schedule, TossesAFairCoinForTwoArms) {
  // Binomial(10000, 1/2) has a standard deviation of 50: four of them to each side.
  EXPECT_NEAR(blocks_with_treatment_first(plan_of_arms(2), 10000), 5000, 200);
}

TEST(Schedule, NeverAlternates) {
  // Half of all neighbours differ among independent fair coins (999 pairs, standard deviation 16), all do if they
  // alternate, and none does if one coin is tossed once.
  const Plan plan = plan_of_arms(2);
  int changes = 0;
  for (int number = 2; number <= 1000; ++number) {
    changes += block_order(plan, 0, number).arms != block_order(plan, 0, number - 1).arms ? 1 : 0;
  }
  EXPECT_NEAR(changes, 500, 64);
}

TEST(Schedule, DrawsOnePaddingForABlockWhateverItsArms) {
  for (int number = 1; number <= 20; ++number) {
    EXPECT_EQ(drawn_padding(plan_of_arms(2), 3, number), block_order(plan_of_arms(2), 3, number).padding);
    EXPECT_EQ(drawn_padding(plan_of_arms(1), 3, number), block_order(plan_of_arms(2), 3, number).padding);
  }
}

TEST(Schedule, DependsOnTheSeed) {
  int same = 0;
  for (int number = 1; number <= 1000; ++number) {
    same += block_order(plan_of_arms(2, 1), 0, number).arms == block_order(plan_of_arms(2, 2), 0, number).arms ? 1 : 0;
  }
  EXPECT_NEAR(same, 500, 64);
}

TEST(Schedule, TossesEachCellItsOwnCoins) {
  const Plan plan = plan_of_arms(2);
  int same = 0;
  for (int number = 1; number <= 1000; ++number) {
    same += block_order(plan, 0, number).arms == block_order(plan, 1, number).arms ? 1 : 0;
  }
  EXPECT_NEAR(same, 500, 64);
}

TEST(Schedule, DrawsEveryPermutationOfThreeArmsEquallyOften) {
  const Plan plan = plan_of_arms(3);
  std::map<std::vector<ArmIndex>, int> counts;
  for (int number = 1; number <= 6000; ++number) ++counts[block_order(plan, 0, number).arms];
  ASSERT_EQ(counts.size(), 6U);
  // 6000 blocks over 6 orders: 1000 each, standard deviation 29.
  for (const auto& [arms, count] : counts) EXPECT_NEAR(count, 1000, 116);
}

TEST(Schedule, RepeatsTheCoinAndPaddingOfABlockThatIsRunAgain) {
  const Plan plan = plan_of_arms(2);
  for (int number = 1; number <= 20; ++number) {
    BlockOrder again = block_order(plan, 0, number, 2);
    EXPECT_EQ(again.rerun, 2);
    again.rerun = 0;
    EXPECT_EQ(again, block_order(plan, 0, number));
  }
}

TEST(Schedule, DrawsPaddingFromAllOfItsRange) {
  const Plan plan = plan_of_arms(2);
  int smallest = kLargestPadding;
  int largest = 0;
  for (int number = 1; number <= 20000; ++number) {
    const int padding = block_order(plan, 0, number).padding;
    smallest = std::min(smallest, padding);
    largest = std::max(largest, padding);
  }
  EXPECT_LT(smallest, 10);
  EXPECT_GT(largest, kLargestPadding - 10);
  EXPECT_LE(largest, kLargestPadding);
}

TEST(Schedule, OfQuadsTurnsTheArmsAroundByAFairCoin) {
  Plan plan = plan_of_arms(2);
  plan.protocol.design = Design::abba;
  int control_first = 0;
  for (int number = 1; number <= 1000; ++number) {
    const std::vector<ArmIndex> arms = block_order(plan, 0, number).arms;
    const bool turned_late = arms == std::vector<ArmIndex>{0, 1, 1, 0};
    EXPECT_TRUE(turned_late || arms == (std::vector<ArmIndex>{1, 0, 0, 1})) << number;
    control_first += turned_late ? 1 : 0;
  }
  EXPECT_NEAR(control_first, 500, 64);
}

TEST(Schedule, OfQuadsTossesTheCoinsOfBlocks) {
  const Plan blocks = plan_of_arms(2);
  Plan quads = blocks;
  quads.protocol.design = Design::abba;
  EXPECT_EQ(block_order(quads, 0, 5).arms[0], block_order(blocks, 0, 5).arms[0]);
}

TEST(Schedule, InterleavesInnerTrials) {
  Plan plan = plan_of_arms(2);
  plan.protocol.inner = 3;
  const std::vector<ArmIndex> arms = block_order(plan, 0, 1).arms;
  const ArmIndex first = arms[0];
  const ArmIndex second = 1 - first;
  EXPECT_EQ(arms, (std::vector<ArmIndex>{first, second, second, first, first, second}));
}

TEST(Schedule, TossesOneCoinForCellsThatRunSideBySide) {
  Plan alone = test::plan_of_groups();
  alone.groups.clear();
  const Plan plan = test::plan_of_groups();
  int others = 0;
  for (int number = 1; number <= 200; ++number) {
    EXPECT_EQ(block_order(plan, 2, number).arms, block_order(plan, 0, number).arms);
    EXPECT_EQ(block_order(plan, 0, number), block_order(alone, 0, number));
    EXPECT_EQ(block_order(plan, 1, number), block_order(alone, 1, number));
    EXPECT_EQ(block_order(plan, 2, number).padding, block_order(alone, 2, number).padding);
    others += block_order(plan, 1, number).arms == block_order(plan, 0, number).arms ? 0 : 1;
  }
  EXPECT_NEAR(others, 100, 35);  // another group has another coin
}

}  // namespace schedule_tests
}  // namespace assay::design
