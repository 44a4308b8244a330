#include "experiments/planning/expected_noise.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::planning {
namespace expected_noise_tests {

Block block_with(const Outcome& outcome) {
  Block block;
  block.trials.resize(2);
  block.trials[1].outcome = outcome;
  return block;
}

TEST(Pilot, RunsControlAgainstItselfInExactlySoManyBlocks) {
  definition::Definition definition;
  definition.variable.levels = {{"control", ArgumentLevel{"slow"}}, {"treatment", ArgumentLevel{"fast"}}};
  definition.protocol.looks = LookMode::anytime;
  definition.protocol.min_blocks = 12;
  const definition::Definition pilot = pilot_of(definition, 10);
  EXPECT_EQ(pilot.variable.levels[0].value, pilot.variable.levels[1].value);
  EXPECT_TRUE(looks_once(pilot.protocol));
  EXPECT_FALSE(looks_anytime(pilot.protocol));
  EXPECT_EQ(pilot.protocol.min_blocks, 10);
  EXPECT_EQ(pilot.protocol.max_blocks, 10);
}

TEST(Pilot, IsOfUseIfOneBlockEndedWell) {
  EXPECT_NO_THROW(check_pilot({block_with(Exited{1}), block_with(Measured{})}));
  EXPECT_NE(test::message_of([] {
              check_pilot({block_with(Exited{1})});
            }).find("no block of control against itself ended well"),
            std::string::npos);
}

}  // namespace expected_noise_tests
}  // namespace assay::planning
