#include "experiments/trial/audit/input_watch.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/file_clock.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace input_watch_tests {

using Texts = std::vector<std::string>;

/// Two arms that share a declared input.
class InputWatchTest : public testing::Test {
 protected:
  InputWatchTest() : plan_(test::small_plan(test::environment_variable("FAST"), {"/bin/true"})) {
    plan_.folder = folder_.path();
    plan_.workloads[0].inputs = {"data"};
    hold("right");
    const SessionResources places{
        {{"/tmp/arm-aaaaaa", 40000}, {"/tmp/arm-bbbbbb", 40001}}, "/tmp/tmp", "/run/lock/assay"};
    arms_ = materialise(plan_, 0, places);
    trial(kControl);
    trial(1);
  }

  void hold(const std::string& text) {
    test::wait_for_tick_of_file_clock();
    std::ofstream(folder_ / "data") << text;
    std::filesystem::last_write_time(folder_ / "data", std::filesystem::file_time_type{});  // as a cheat would
  }
  /// One trial that leaves the input with this content. \returns its note.
  std::string trial(ArmIndex arm, const std::string& leaves = "", MayRead may_read = MayRead::yes) {
    watch_.look_before(arms_[arm], may_read);
    if (!leaves.empty()) hold(leaves);
    return watch_.look_after(arms_[arm]);
  }

  test::ScratchFolder folder_;
  Plan plan_;
  std::vector<ArmSetup> arms_;
  InputWatch watch_{plan_};
};

TEST_F(InputWatchTest, SeesWhatATrialLeavesForTheNextOneThoughItIsPutBackLater) {
  trial(1, "worse");
  EXPECT_TRUE(watch_.changes().empty());
  trial(kControl, "right");
  EXPECT_EQ(watch_.changes(),
            (Texts{"input data was not the same when a trial of control began as when the first one did"}));
}

TEST_F(InputWatchTest, AcceptsWhatAPreparePutsBackBeforeTheNextTrial) {
  trial(1, "worse");
  hold("right");
  trial(kControl, "worse");
  hold("right");
  trial(1);
  EXPECT_TRUE(watch_.changes().empty());
}

TEST_F(InputWatchTest, ReadsNothingBeforeATrialThatIsToFindItCold) {
  trial(1, "worse");
  watch_.look_before(arms_[kControl], MayRead::no);
  EXPECT_TRUE(watch_.changes().empty());
  static_cast<void>(watch_.look_after(arms_[kControl]));
  EXPECT_FALSE(watch_.changes().empty());
}

TEST_F(InputWatchTest, NotesWhatTreatmentAloneWrites) {
  EXPECT_EQ(trial(kControl), "");
  EXPECT_EQ(trial(1, "right"), "trials of treatment write the declared input data, and trials of control do not");
  trial(kControl, "right");
  EXPECT_EQ(trial(1, "right"), "");
}

TEST_F(InputWatchTest, LeavesOutTheFileThatTheVariableSwaps) {
  plan_.variable.kind = VariableKind::file;
  plan_.variable.name = "data";
  InputWatch watch(plan_);
  for (const char* content : {"one", "two"}) {
    hold(content);
    watch.look_before(arms_[kControl], MayRead::yes);
  }
  EXPECT_TRUE(watch.changes().empty());
}

}  // namespace input_watch_tests
}  // namespace assay::trial
