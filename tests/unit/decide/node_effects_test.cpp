#include "experiments/decide/rules/node_effects.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace assay::decide {
namespace node_effects_tests {

Metric wall() {
  return *find_built_in_metric("wall");
}

/// Blocks that run on the nodes in turn; each node has its own effect, in percent, and a small noise.
struct Cluster {
  std::vector<std::pair<std::string, double>> percent_by_node;
  PairedSeries series = {};
  std::vector<Block> blocks = {};

  void run(int rounds) {
    Generator generator(11);
    for (int round = 0; round < rounds; ++round) {
      for (const auto& [node, percent] : percent_by_node) {
        series.effects.push_back(std::log1p(percent / 100) + 0.01 * generator.normal());
        Block block;
        block.number = static_cast<int>(blocks.size()) + 1;
        block.node = node;
        blocks.push_back(block);
      }
    }
  }
  [[nodiscard]] std::optional<Diagnostic> diagnose() const { return node_effects(wall(), series, blocks, Seed(3)); }
};

TEST(NodeEffects, SayOnWhichNodesTheChangeImprovesAndOnWhichNot) {
  Cluster cluster{{{"n1", -20}, {"n2", -20}, {"n3", -20}, {"n4", 0}}};
  cluster.run(8);
  const Diagnostic found = cluster.diagnose().value();
  EXPECT_TRUE(found.flag);
  EXPECT_NE(found.note.find("improved on n1, n2, n3"), std::string::npos) << found.note;
  EXPECT_NE(found.note.find("not shown to differ on n4"), std::string::npos) << found.note;
  EXPECT_NE(found.note.find("n1 -19.7 % in 8 blocks"), std::string::npos) << found.note;
}

TEST(NodeEffects, SayWhereItIsWorse) {
  Cluster cluster{{{"n1", -20}, {"n2", 20}}};
  cluster.run(8);
  EXPECT_NE(cluster.diagnose().value().note.find("regressed on n2"), std::string::npos);
}

TEST(NodeEffects, AreNotFlaggedIfTheChangeDoesTheSameEverywhere) {
  Cluster cluster{{{"n1", -20}, {"n2", -20}, {"n3", -20}}};
  cluster.run(8);
  const Diagnostic found = cluster.diagnose().value();
  EXPECT_FALSE(found.flag);
  EXPECT_EQ(found.note, "");
  EXPECT_GT(found.p.value(), 0.05);
}

TEST(NodeEffects, ClaimNothingOnANodeWithFewBlocks) {
  Cluster cluster{{{"n1", -20}, {"n2", 20}}};
  cluster.run(5);
  EXPECT_NE(cluster.diagnose().value().note.find("too few blocks to say on n1, n2"), std::string::npos);
}

TEST(NodeEffects, AreNotAskedOfOneNodeOrOfNone) {
  Cluster one{{{"n1", -20}}};
  one.run(8);
  EXPECT_FALSE(one.diagnose());
  Cluster none{{{"", -20}}};
  none.run(8);
  EXPECT_FALSE(none.diagnose());
}

TEST(NodeEffects, TakeAFailedTrialForTheWorst) {
  Cluster cluster{{{"n1", -20}, {"n2", -20}}};
  cluster.run(8);
  for (std::size_t block = 1; block < cluster.blocks.size(); block += 2) {
    cluster.series.effects[block] = std::numeric_limits<double>::infinity();
  }
  EXPECT_NE(cluster.diagnose().value().note.find("regressed on n2"), std::string::npos);
}

}  // namespace node_effects_tests
}  // namespace assay::decide
