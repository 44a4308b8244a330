#include "experiments/interop/exports/hyperfine_tables.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/unit/report/example_results.hpp"

namespace assay::interop {
namespace hyperfine_tables_tests {

using namespace std::chrono_literals;

Block block_of(nanoseconds control, nanoseconds treatment) {
  Block block;
  for (const auto& [arm, wall] : {std::pair<ArmIndex, nanoseconds>{0, control}, {1, treatment}}) {
    Trial trial;
    trial.arm = arm;
    trial.usage.wall = wall;
    trial.usage.user = wall / 2;
    block.trials.push_back(trial);
  }
  return block;
}

AttemptView view_of(const Plan& plan, const std::vector<Block>& blocks) {
  return {plan, blocks, AttemptResult{}};
}

TEST(HyperfineTables, CsvHasALineOfSecondsForEachCommand) {
  const Plan plan = report::example_plan();
  const std::vector<Block> blocks = {block_of(1s, 2s), block_of(3s, 2s)};
  EXPECT_EQ(hyperfine_csv(view_of(plan, blocks)),
            "command,mean,stddev,median,user,system,min,max\n"
            "READY_MODE=sleep ./deploy.sh 'custom html',2,1.4142135623730951,2,1,0,1,3\n"
            "READY_MODE=poll ./deploy.sh 'custom html',2,0,2,1,0,2,2\n")
      << "the deviation of 1 and 3 is the square root of 2";
}

TEST(HyperfineTables, MarkdownIsRelativeToTheFastestMean) {
  const Plan plan = report::example_plan();
  const std::vector<Block> blocks = {block_of(1s, 3s)};
  EXPECT_EQ(hyperfine_markdown(view_of(plan, blocks)),
            "| Command | Mean [ms] | Min [ms] | Max [ms] | Relative |\n"
            "|:---|---:|---:|---:|---:|\n"
            "| `READY_MODE=sleep ./deploy.sh 'custom html'` | 1000.0 | 1000.0 | 1000.0 | 1.00 |\n"
            "| `READY_MODE=poll ./deploy.sh 'custom html'` | 3000.0 | 3000.0 | 3000.0 | 3.00 |\n");
}

}  // namespace hyperfine_tables_tests
}  // namespace assay::interop
