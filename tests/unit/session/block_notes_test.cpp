#include "experiments/session/block_notes.hpp"

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::session {
namespace block_notes_tests {

Block block_on(const std::string& node) {
  Block block;
  block.node = node;
  return block;
}

Block lost_on(const std::string& node, std::vector<ArmIndex> running) {
  Block block = block_on(node);
  block.broken_off = BrokenOff{std::move(running)};
  return block;
}

std::string note_on(const std::vector<Block>& blocks) {
  return nodes_lost_note(test::small_plan(test::environment_variable("FAST")), blocks);
}

TEST(NodesLostNote, SaysWhichNodeLostHowManyAndWhatWasRunning) {
  EXPECT_EQ(note_on({block_on("n1"), lost_on("n2", {0}), lost_on("n2", {1}), lost_on("n2", {1}), block_on("n2")}),
            "n2 lost 3 of 4 blocks (while control ran: 1, while treatment ran: 2)");
}

TEST(NodesLostNote, NamesNoArmIfNoneWasRunning) {
  EXPECT_EQ(note_on({lost_on("n2", {})}), "n2 lost 1 of 1 blocks");
}

TEST(NodesLostNote, IsEmptyIfNothingWasLostOrNoClusterRanIt) {
  EXPECT_EQ(note_on({block_on("n1")}), "");
  EXPECT_EQ(note_on({lost_on("", {0})}), "");
}

}  // namespace block_notes_tests
}  // namespace assay::session
