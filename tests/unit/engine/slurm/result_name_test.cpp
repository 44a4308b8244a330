#include "experiments/engine/slurm/result_name.hpp"

#include <gtest/gtest.h>

namespace assay::engine {
namespace result_name_tests {

TEST(HandedInName, IsReadBack) {
  const std::string name = handed_in_name({.cell = 2, .number = 5, .rerun = 1}, 13, "00ff");
  EXPECT_EQ(name, "c2-b5-r1.g13.00ff.json");
  const auto file = parse_handed_in(name);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->block, "c2-b5-r1");
  EXPECT_EQ(file->file, (HandedIn{13, name}));
}

TEST(HandedInName, IsNotThatOfAFileWhichIsBeingWritten) {
  for (const char* const name : {".c0-b1-r0.g1.00ff.json.812-0.tmp", "c0-b1-r0.g1.00ff", "c0-b1-r0.g0.00ff.json",
                                 "c0-b1-r0.gx.00ff.json", "c0-b1-r0.json", ""}) {
    EXPECT_FALSE(parse_handed_in(name)) << name;
  }
}

TEST(AcceptedResult, IsThatOfTheLowestGeneration) {
  EXPECT_EQ(accepted_of({{2, "c0-b1-r0.g2.00.json"}, {1, "c0-b1-r0.g1.ff.json"}}),
            (HandedIn{1, "c0-b1-r0.g1.ff.json"}));
}

TEST(AcceptedResult, IsTheFirstByNameWithinAGeneration) {
  EXPECT_EQ(accepted_of({{1, "c0-b1-r0.g1.ff.json"}, {1, "c0-b1-r0.g1.0a.json"}}),
            (HandedIn{1, "c0-b1-r0.g1.0a.json"}));
}

TEST(AcceptedResult, ComparesGenerationsAsNumbers) {
  EXPECT_EQ(accepted_of({{10, "c0-b1-r0.g10.00.json"}, {9, "c0-b1-r0.g9.00.json"}}).value().generation, 9);
}

TEST(AcceptedResult, IsNothingIfNothingWasHandedIn) {
  EXPECT_EQ(accepted_of({}), std::nullopt);
}

}  // namespace result_name_tests
}  // namespace assay::engine
