#include "core/host/process/signals.hpp"

#include <csignal>
#include <unistd.h>

#include <gtest/gtest.h>

namespace assay::host {
namespace signals_tests {

TEST(StopSignals, CountsEachSignalThatAsksToStop) {
  const StopSignals signals("");
  EXPECT_EQ(signals.count(), 0);
  std::raise(SIGINT);
  EXPECT_EQ(signals.count(), 1);
  std::raise(SIGTERM);
  std::raise(SIGHUP);
  EXPECT_EQ(signals.count(), 3);
}

TEST(StopSignals, StopAtOnceAfterTwoInterruptsOrOneOtherSignal) {
  {
    const StopSignals signals("");
    std::raise(SIGINT);
    EXPECT_FALSE(signals.at_once());
    std::raise(SIGINT);
    EXPECT_TRUE(signals.at_once());
  }
  for (const int ending : {SIGTERM, SIGHUP}) {
    const StopSignals signals("");
    EXPECT_FALSE(signals.at_once());
    std::raise(ending);
    EXPECT_TRUE(signals.at_once());
  }
}

// The second signal finds a launcher that runs nothing, and a process that does not come back to its loop.
TEST(StopSignals, EndTheProcessWhoseOwnWorkGoesOnAfterTheSecond) {
  const auto work_for_ever = [] {
    Launcher launcher;
    StopSignals signals("heard\n");
    signals.watch({&launcher});
    std::raise(SIGINT);
    std::raise(SIGINT);
    while (true) ::pause();
  };
  EXPECT_EXIT(work_for_ever(), testing::ExitedWithCode(130), "gave up its own work");
}

TEST(StopSignals, AnswersTheFirstAlone) {
  const StopSignals signals("heard\n");
  testing::internal::CaptureStderr();
  std::raise(SIGINT);
  std::raise(SIGINT);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "heard\n");
}

TEST(StopSignals, StartsAnewEachTime) {
  {
    const StopSignals signals("");
    std::raise(SIGINT);
  }
  const StopSignals signals("");
  EXPECT_EQ(signals.count(), 0);
}

TEST(StopSignals, LeavesASignalIgnoredThatItsCallerIgnores) {
  std::signal(SIGHUP, SIG_IGN);
  {
    const StopSignals signals("");
    std::raise(SIGHUP);
    EXPECT_EQ(signals.count(), 0);
  }
  std::signal(SIGHUP, SIG_DFL);
}

TEST(StopSignals, GivesTheSignalsBackAsTheyWere) {
  { const StopSignals signals(""); }
  EXPECT_EXIT(std::raise(SIGTERM), testing::KilledBySignal(SIGTERM), "");
}

TEST(TerminateThenKill, GivesTheGraceBetweenTheTwo) {
  const std::vector<StopStep> steps = terminate_then_kill(std::chrono::seconds(3));
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].signal, SIGTERM);
  EXPECT_EQ(steps[0].wait, std::chrono::seconds(3));
  EXPECT_EQ(steps[1].signal, SIGKILL);
}

}  // namespace signals_tests
}  // namespace assay::host
