#include "experiments/decide/blocks/cell_blocks.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace cell_blocks_tests {

Block good_block(int number) {
  return block_of(simple_plan(), number, {measured(1), measured(2)});
}

Block void_block(int number) {
  return block_of(simple_plan(), number, {measured(1), failed(HookFailed{"prepare", "exited 1"})});
}

std::string message_of(CellBlocks& cell, const Block& block) {
  try {
    cell.add(block);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid);
    return error.what();
  }
  return "no error";
}

TEST(CellBlocks, StandInTheOrderOfTheScheduleWhateverEndsFirst) {
  CellBlocks cell(simple_plan(), 0);
  cell.add(good_block(2));
  EXPECT_EQ(cell.leading_count(), 0);
  EXPECT_EQ(cell.complete_count(), 1);
  cell.add(good_block(3));
  cell.add(good_block(1));
  ASSERT_EQ(cell.leading_count(), 3);
  for (int number = 1; number <= 3; ++number)
    EXPECT_EQ(cell.leading()[static_cast<std::size_t>(number) - 1].number, number);
}

TEST(CellBlocks, CountVoidBlocksAndKeepThemOut) {
  CellBlocks cell(simple_plan(), 0);
  cell.add(void_block(1));
  cell.add(void_block(1));
  cell.add(good_block(1));
  cell.add(void_block(2));
  EXPECT_EQ(cell.leading_count(), 1);
  EXPECT_EQ(cell.void_count(), 3);
  EXPECT_EQ(cell.most_reruns(), 2);
  EXPECT_EQ(cell.trials_started(), 8);
  EXPECT_EQ(cell.void_trials_by_arm(), (std::vector<int>{0, 3}));
}

TEST(CellBlocks, RefuseABlockTwice) {
  CellBlocks cell(simple_plan(), 0);
  cell.add(good_block(1));
  EXPECT_EQ(message_of(cell, good_block(1)), "block 1 of cell 1: it is there twice");
}

TEST(CellBlocks, RefuseABlockWithoutOneOfItsArms) {
  CellBlocks cell(simple_plan(), 0);
  Block block = good_block(1);
  block.trials.pop_back();
  EXPECT_EQ(message_of(cell, block), "block 1 of cell 1: it needs exactly one trial of each arm");
}

TEST(CellBlocks, RefuseAnArmThatThePlanDoesNotHave) {
  CellBlocks cell(simple_plan(), 0);
  Block block = good_block(1);
  block.trials[0].arm = 7;
  EXPECT_EQ(message_of(cell, block), "block 1 of cell 1: the plan has no arm 7");
}

TEST(CellBlocks, RefuseValuesThatDoNotMatchTheMetrics) {
  CellBlocks cell(simple_plan(), 0);
  Block block = good_block(1);
  block.trials[0].values.push_back(1.0);
  EXPECT_EQ(message_of(cell, block), "block 1 of cell 1: a trial has 2 values for 1 metrics");
}

TEST(CellBlocks, AcceptAVoidBlockThatEndedBeforeItsLastArm) {
  CellBlocks cell(simple_plan(), 0);
  Block block = void_block(1);
  while (block.trials.size() > 1) {
    const bool keep_first = is_infrastructure_failure(block.trials.front().outcome);
    block.trials.erase(keep_first ? block.trials.end() - 1 : block.trials.begin());
  }
  cell.add(block);
  EXPECT_EQ(cell.trials_started(), 1);
}

}  // namespace cell_blocks_tests
}  // namespace assay::decide
