#include "experiments/planning/simulation/recorded_trace.hpp"

#include <gtest/gtest.h>

#include "tests/unit/planning/simulation/plays.hpp"

namespace assay::planning {
namespace recorded_trace_tests {

Block block_of(int number, std::vector<ArmIndex> arms, design::ValuePair values) {
  return design::value_block({.cell = 0, .number = number, .arms = std::move(arms)}, values);
}

TEST(RecordedTrace, HoldsTheValuesInTheOrderOfTheTrialsLessTheEffect) {
  const std::vector<Block> blocks = {block_of(1, {kControl, 1}, {10, 22}), block_of(2, {1, kControl}, {11, 20}),
                                     block_of(3, {kControl, 1}, {12, 24})};
  // The medians are 11 and 22: treatment takes twice as long.
  const Trace trace = recorded_trace(test::small_play().plan, blocks);
  ASSERT_EQ(trace.groups.size(), 1U);
  EXPECT_EQ(trace.groups[0], (std::vector<double>{10, 11, 10, 11, 12, 12}));
}

TEST(RecordedTrace, LeavesBlocksOutInWhichATrialFailed) {
  std::vector<Block> blocks = {block_of(1, {kControl, 1}, {10, 10}), block_of(2, {1, kControl}, {11, 11})};
  blocks[1].trials[0].outcome = Exited{1};
  EXPECT_EQ(recorded_trace(test::small_play().plan, blocks).groups[0], (std::vector<double>{10, 10}));
}

}  // namespace recorded_trace_tests
}  // namespace assay::planning
