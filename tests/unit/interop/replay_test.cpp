#include "experiments/interop/replay.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace replay_tests {

Plan plan_with_cap(int blocks) {
  Metric metric;
  metric.name = "value";
  metric.margin = Percent{3};
  Protocol protocol;
  protocol.max_blocks = blocks;
  return design::value_plan({.id = "analyse",
                             .control = "control",
                             .treatment = "treatment",
                             .metric = metric,
                             .protocol = protocol,
                             .seed = Seed{1},
                             .order = OrderSource::unknown});
}

TEST(Replay, KeepsOnlyTheBlocksThatItTookToDecide) {
  const std::vector<design::ValuePair> pairs(60, {.control = 2, .treatment = 1});
  const decide::JudgedAttempt attempt = replay(plan_with_cap(60), pairs);
  EXPECT_EQ(attempt.result.verdict, Verdict::improved);
  EXPECT_LT(attempt.blocks.size(), 60U);
  EXPECT_EQ(attempt.blocks.back().number, static_cast<int>(attempt.blocks.size()));
  EXPECT_EQ(attempt.plan_sha256.size(), 64U);
}

TEST(Replay, EndsAtTheCapIfThePairsEndFirst) {
  const std::vector<design::ValuePair> pairs(3, {.control = 1, .treatment = 1});
  const decide::JudgedAttempt attempt = replay(plan_with_cap(60), pairs);
  EXPECT_EQ(attempt.result.stop, Stop::cap);
  EXPECT_EQ(attempt.blocks.size(), 3U);
}

TEST(CheckShares, NamesTheBlockWithAValueThatIsNoShare) {
  EXPECT_EQ(test::message_of([] {
              check_shares({{0, 1}, {0.5, 1.5}});
            }),
            "block 2 has 0.5 and 1.5; expected numbers from 0 to 1");
  EXPECT_NO_THROW(check_shares({{0, 1}}));
}

}  // namespace replay_tests
}  // namespace assay::interop
