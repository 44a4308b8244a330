#include "experiments/engine/output_comparison.hpp"

#include <gtest/gtest.h>

namespace assay::engine {
namespace output_comparison_tests {

using Arms = std::vector<ArmIndex>;

trial::WarmUp warm_up(const std::string& printed) {
  trial::WarmUp made;
  made.outcome = Measured{};
  made.standard_output_sha256 = printed;
  return made;
}

trial::TrialReport report(ArmIndex arm, const std::string& printed) {
  trial::TrialReport made;
  made.trial.arm = arm;
  made.standard_output_sha256 = printed;
  return made;
}

TEST(OutputComparison, NamesATreatmentThatPrintsSomethingElseFromTheStart) {
  OutputComparison outputs;
  EXPECT_EQ(outputs.begin(0, {warm_up("a"), warm_up("b"), warm_up("a")}), Arms{1});
  EXPECT_EQ(outputs.look(0, {report(0, "a"), report(1, "b"), report(2, "a")}), Arms{});
}

TEST(OutputComparison, NamesATreatmentThatPrintsSomethingElseOnlyOnceBlocksRunAndOnlyOnce) {
  OutputComparison outputs;
  EXPECT_EQ(outputs.begin(0, {warm_up("a"), warm_up("a")}), Arms{});
  EXPECT_EQ(outputs.look(0, {report(1, "a"), report(0, "a")}), Arms{});
  EXPECT_EQ(outputs.look(0, {report(1, "b"), report(0, "a")}), Arms{1});
  EXPECT_EQ(outputs.look(0, {report(1, "b"), report(0, "a")}), Arms{});
}

TEST(OutputComparison, LeavesOutputsThatVaryByThemselvesAndThoseThatAreNotCaptured) {
  OutputComparison outputs;
  (void)outputs.begin(0, {warm_up("a"), warm_up("a")});
  EXPECT_EQ(outputs.look(0, {report(1, ""), report(0, "")}), Arms{});
  EXPECT_EQ(outputs.look(0, {report(0, "c"), report(1, "b")}), Arms{});
  EXPECT_EQ(outputs.look(0, {report(0, "a"), report(1, "b")}), Arms{});
  EXPECT_EQ(outputs.look(1, {report(0, "a"), report(1, "b")}), Arms{});  // a cell without warm-ups
}

}  // namespace output_comparison_tests
}  // namespace assay::engine
