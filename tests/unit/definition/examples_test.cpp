#include <gtest/gtest.h>

#include "experiments/definition/definition.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::definition {
namespace examples_tests {

Definition parse_example(const std::string& folder) {
  const std::string path = "examples/" + folder + "/experiment.toml";
  return parse_definition({path, test::source_file(path)});
}

TEST(Examples, EveryKeyHasTwoWorkloadsAndThreeCells) {
  const Definition definition = parse_example("every-key");
  EXPECT_EQ(definition.workloads.size(), 2U);
  EXPECT_EQ(definition.states, (std::vector<State>{{"first", 0}, {"warm", 1}}));
  EXPECT_EQ(definition.metrics.size(), 6U);
}

TEST(Examples, StarterComparesTwoCommandsAsItStands) {
  const Definition definition = parse_example("starter");
  EXPECT_EQ(definition.variable.levels[1].value, LevelValue(CommandLevel{{"sleep", "0.04"}}));
}

TEST(Examples, SortLocaleVariesOneEnvironmentVariable) {
  EXPECT_EQ(parse_example("sort-locale").variable.name, "LC_ALL");
}

}  // namespace examples_tests
}  // namespace assay::definition
