#include "experiments/interop/exports/hyperfine_tables.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "experiments/interop/exports/hyperfine_export.hpp"
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
            "command,mean,stddev,median,user,system,min,max,parameter_READY_MODE\n"
            "READY_MODE=sleep ./deploy.sh 'custom html',2,1.4142135623730951,2,1,0,1,3,sleep\n"
            "READY_MODE=poll ./deploy.sh 'custom html',2,0,2,1,0,2,2,poll\n")
      << "the deviation of 1 and 3 is the square root of 2";
}

TEST(HyperfineTables, MarkdownIsRelativeToTheFastestMean) {
  const Plan plan = report::example_plan();
  const std::vector<Block> blocks = {block_of(1s, 3s)};
  EXPECT_EQ(hyperfine_markdown(view_of(plan, blocks)),
            "| Command | Mean [s] | Min [s] | Max [s] | Relative |\n"
            "|:---|---:|---:|---:|---:|\n"
            "| `READY_MODE=sleep ./deploy.sh 'custom html'` | 1.000 | 1.000 | 1.000 | 1.00 |\n"
            "| `READY_MODE=poll ./deploy.sh 'custom html'` | 3.000 | 3.000 | 3.000 | 3.00 |\n");
}

TEST(HyperfineTables, TheRatioHasADeviationThatFollowsFromBoth) {
  const Plan plan = report::example_plan();
  const std::string table = hyperfine_markdown(view_of(plan, {block_of(1s, 4s), block_of(3s, 4s)}));
  EXPECT_NE(table.find("| 2.000 ± 1.414 | 1.000 | 3.000 | 1.00 |"), std::string::npos) << table;
  EXPECT_NE(table.find("| 4.000 ± 0.000 | 4.000 | 4.000 | 2.00 ± 1.41 |"), std::string::npos)
      << "2 times the relative deviation of control, the square root of 2 by 2: " << table;
}

TEST(HyperfineTables, AreInTheUnitThatFitsTheFirstArmUnlessOneIsNamed) {
  const Plan plan = report::example_plan();
  const auto begins = [&](nanoseconds control, std::string_view unit) {
    const std::vector<Block> blocks = {block_of(control, 2s)};
    const std::string table = hyperfine_markdown({plan, blocks, AttemptResult{}, nullptr, unit});
    const std::size_t mean = table.find("` | ") + 4;
    return table.substr(0, table.find(" | Min")) + " | " + table.substr(mean, table.find(" |", mean) - mean);
  };
  EXPECT_EQ(begins(999us, ""), "| Command | Mean [\u00b5s] | 999.0");
  EXPECT_EQ(begins(1ms, ""), "| Command | Mean [ms] | 1.0");
  EXPECT_EQ(begins(1s, ""), "| Command | Mean [s] | 1.000");
  EXPECT_EQ(begins(1s, "us"), "| Command | Mean [\u00b5s] | 1000000.0");
  EXPECT_EQ(begins(1us, "s"), "| Command | Mean [s] | 0.000");
  const std::vector<Block> blocks = {block_of(1ms, 2ms)};
  EXPECT_NE(hyperfine_asciidoc(view_of(plan, blocks)).find("| Mean [ms] \n| Min [ms] \n"), std::string::npos);
  EXPECT_NE(hyperfine_orgmode(view_of(plan, blocks)).find("|  Mean [ms] |  Min [ms] |"), std::string::npos);
}

TEST(HyperfineTables, NameArmsAsTheyWereNamedAndShowParametersThatTheNameLacks) {
  const Plan plan = report::example_plan();
  const std::vector<Block> blocks = {block_of(1s, 2s)};
  const SaidOfArms said{{{"one", {{"t", "1"}}, " (t = 1)"}, {"two2", {{"t", "2"}}, ""}}};
  const AttemptView view{plan, blocks, AttemptResult{}, &said};
  EXPECT_NE(hyperfine_csv(view).find("\none,1,,1,0.5,0,1,1,1\ntwo2,2,"), std::string::npos) << hyperfine_csv(view);
  EXPECT_NE(hyperfine_csv(view).find(",max,parameter_t\n"), std::string::npos);
  EXPECT_NE(hyperfine_markdown(view).find("| `one (t = 1)` |"), std::string::npos);
  EXPECT_NE(hyperfine_markdown(view).find("| `two2` |"), std::string::npos);
}

TEST(HyperfineTables, HaveOneRowOfACommandThatWasMeasuredAgainstItself) {
  const Plan plan = report::example_plan();
  const std::vector<Block> blocks = {block_of(1s, 2s), block_of(1s, 2s)};
  const SaidOfArms said{{{}, {}}, true};
  const std::vector<HyperfineResult> results = hyperfine_results({plan, blocks, AttemptResult{}, &said});
  ASSERT_EQ(results.size(), 1);
  EXPECT_EQ(results[0].trials.wall, (std::vector<double>{1, 2, 1, 2}));
}

TEST(HyperfineTables, CallArmsOfOneCommandByTheirLabels) {
  Plan plan = report::example_plan();
  plan.variable.kind = VariableKind::revision;
  plan.variable.levels = {{"before", SourceLevel{.revision = "main"}}, {"after", SourceLevel{.revision = "HEAD"}}};
  const std::vector<Block> blocks = {block_of(1s, 2s)};
  const auto names = [&] {
    std::string all;
    for (const HyperfineResult& result : hyperfine_results(view_of(plan, blocks))) all += result.command + ';';
    return all;
  };
  EXPECT_EQ(names(), "before;after;");
  report::add_workload(plan, "other");
  EXPECT_EQ(names(), "before/deploy;after/deploy;before/other;after/other;");
  plan.workloads.pop_back();
  plan.variable.levels = {{"quick", CommandLevel{{"true"}}}, {"treatment", CommandLevel{{"false"}}}};
  EXPECT_EQ(names(), "quick;false;") << "a record does not say more than its labels";
}

}  // namespace hyperfine_tables_tests
}  // namespace assay::interop
