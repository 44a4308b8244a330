#include "experiments/trial/audit/harness.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace harness_tests {

using Texts = std::vector<std::string>;

/// A clone that holds run.sh and reset.sh of the commit, and app, which was built.
class Harness : public testing::Test {
 protected:
  Harness() {
    for (const char* name : {"run.sh", "reset.sh", "app"}) std::ofstream(folder_ / name) << name;
    plan_ = test::small_plan(
        {VariableKind::revision, "", {{"control", SourceLevel{"main"}}, {"treatment", SourceLevel{"HEAD"}}}});
    plan_.variable.source.emplace();
    plan_.variable.source->build = {"make"};
  }

  [[nodiscard]] Texts files_for(const Argv& command) const {
    ArmSetup setup;
    setup.argv = command;
    setup.source = setup.base = setup.working_directory = folder_.path();
    return harness_files(plan_, setup, {"run.sh", "reset.sh"});
  }

  test::ScratchFolder folder_;
  Plan plan_;
};

TEST_F(Harness, IsTheScriptThatTheCommandNames) {
  EXPECT_EQ(files_for({"./run.sh", "fast"}), (Texts{folder_ / "run.sh"}));
  EXPECT_EQ(files_for({"sh", "run.sh"}), (Texts{folder_ / "run.sh"}));
  EXPECT_EQ(files_for({"/bin/sh", "-c", "X=1 ./run.sh | cat"}), (Texts{folder_ / "run.sh"}));
}

TEST_F(Harness, IsNothingThatWasBuilt) {
  EXPECT_EQ(files_for({"./app"}), Texts{});
}

TEST_F(Harness, IsNoProgramThatPathHasByTheNameOfAFile) {
  EXPECT_EQ(files_for({"run.sh"}), Texts{});
}

TEST_F(Harness, IsNotTheScriptThatIsTheProgramWhereNothingIsBuilt) {
  plan_.variable.source->build.clear();
  EXPECT_EQ(files_for({"./run.sh"}), Texts{});
}

TEST_F(Harness, IsWhateverHooksAndChecksRun) {
  plan_.variable.source->build.clear();
  plan_.workloads[0].hooks.prepare = {"./reset.sh"};
  plan_.checks = {{"whole", CommandCheck{{"sh", "run.sh"}}, {}}};
  EXPECT_EQ(files_for({"./app"}), (Texts{folder_ / "reset.sh", folder_ / "run.sh"}));
}

TEST_F(Harness, IsWhatThePatternsNameWhereThereAreAny) {
  plan_.variable.source->harness = {{"re*.sh"}};
  EXPECT_EQ(files_for({"./run.sh"}), (Texts{folder_ / "reset.sh"}));
  plan_.variable.source->harness = {{"none/**"}};
  EXPECT_EQ(test::message_of([&] { (void)files_for({"./run.sh"}); }),
            "harness \"none/**\": no file matches in " + folder_.path() + "; fix the pattern or leave it out");
}

TEST_F(Harness, KeepsItsDefaultBesideThePatternsByNewerRules) {
  plan_.rules = kNewestRules;
  plan_.variable.source->harness = {{"re*.sh"}};
  EXPECT_EQ(files_for({"./run.sh"}), (Texts{folder_ / "reset.sh", folder_ / "run.sh"}));
  plan_.variable.source->harness = std::vector<std::string>{};
  EXPECT_EQ(files_for({"./run.sh"}), (Texts{folder_ / "run.sh"}));
}

}  // namespace harness_tests
}  // namespace assay::trial
