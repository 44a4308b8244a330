#include <csignal>

#include <gtest/gtest.h>

#include "tests/support/fifo.hpp"
#include "tests/support/launching.hpp"

namespace assay::host {
namespace process_survivors_tests {

using test::act;

bool is_alive(int pid) {
  return ::kill(pid, 0) == 0;
}

class ProcessSurvivorsTest : public test::LaunchingTest {
 protected:
  /// A setup whose child lives on.
  Survivor given_a_kept_child() {
    ProcessRequest request = act({"leave-daemon"});
    request.keep_descendants = true;
    const ProcessResult result = launcher_.run(request);
    EXPECT_EQ(result.survivors.size(), 1U);
    return result.survivors.at(0);
  }
};

TEST_F(ProcessSurvivorsTest, AreNoneAfterAnOrderlyTrial) {
  EXPECT_TRUE(run({"exit", "0"}).survivors.empty());
}

TEST_F(ProcessSurvivorsTest, AreNamedAndEnded) {
  const ProcessResult result = run({"leave-one"});
  ASSERT_EQ(result.survivors.size(), 1U);
  EXPECT_EQ(result.survivors[0].command_line, std::string(ASSAY_ACT) + " leave-one");
  EXPECT_FALSE(is_alive(result.survivors[0].pid));
}

TEST_F(ProcessSurvivorsTest, ThatIgnoreTheWishAreKilled) {
  const ProcessResult result = run({"leave-one-ignoring-term"});
  ASSERT_EQ(result.survivors.size(), 1U);
  EXPECT_FALSE(is_alive(result.survivors[0].pid));
}

TEST_F(ProcessSurvivorsTest, ThatIgnoreTheWishLiveOnForTheWholeGrace) {
  EXPECT_GE(run({"leave-one-ignoring-term"}).survived, std::chrono::milliseconds(500));
  EXPECT_LT(run({"leave-one"}).survived, std::chrono::milliseconds(500));
  EXPECT_EQ(run({"exit", "0"}).survived.count(), 0);
}

TEST_F(ProcessSurvivorsTest, InASessionOfTheirOwnAreFound) {
  const ProcessResult result = run({"leave-daemon"});
  ASSERT_EQ(result.survivors.size(), 1U);
  EXPECT_FALSE(is_alive(result.survivors[0].pid));
}

TEST_F(ProcessSurvivorsTest, OfATrialThatTimedOutAreEnded) {
  ProcessRequest request = act({"leave-daemon-and-wait", ""});
  request.timeout = std::chrono::milliseconds(50);
  const ProcessResult result = launcher_.run(request);
  EXPECT_TRUE(std::holds_alternative<TimedOut>(result.ending));
  EXPECT_EQ(result.survivors.size(), 1U);
}

TEST_F(ProcessSurvivorsTest, OfASetupLiveThroughLaterTrialsUntilTheyAreEnded) {
  const Survivor kept = given_a_kept_child();
  EXPECT_TRUE(run({"exit", "0"}).survivors.empty());
  const ProcessResult trial = run({"leave-one"});
  ASSERT_EQ(trial.survivors.size(), 1U);
  EXPECT_NE(trial.survivors[0].pid, kept.pid);
  EXPECT_TRUE(is_alive(kept.pid));

  const std::vector<Survivor> ended = launcher_.end_descendants();
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].pid, kept.pid);
  EXPECT_FALSE(is_alive(kept.pid));
}

TEST_F(ProcessSurvivorsTest, OfTwoSetupsLiveSideBySide) {
  const Survivor first = given_a_kept_child();
  const Survivor second = given_a_kept_child();
  EXPECT_TRUE(is_alive(first.pid));
  EXPECT_TRUE(is_alive(second.pid));
  EXPECT_EQ(launcher_.end_descendants().size(), 2U);
}

TEST_F(ProcessSurvivorsTest, OfASetupThatEndEarlyAreNotCountedToATrial) {
  const Survivor kept = given_a_kept_child();
  ::kill(kept.pid, SIGKILL);
  EXPECT_TRUE(run({"exit", "0"}).survivors.empty());
}

TEST_F(ProcessSurvivorsTest, OfASetupMayGoOnWritingToACapturedStream) {
  ProcessRequest setup = act({"leave-answering"});
  setup.keep_descendants = true;
  const ProcessResult result = launcher_.run(setup);
  ASSERT_EQ(result.survivors.size(), 1U);
  // A write into a pipe that nobody holds would kill it.
  ::kill(result.survivors[0].pid, SIGUSR1);
  EXPECT_EQ(run({"spin", "20"}).standard_output.text, "");
  EXPECT_EQ(launcher_.end_descendants().size(), 1U);
}

TEST_F(ProcessSurvivorsTest, EndWithTheLauncher) {
  test::Fifo held;
  {
    Launcher launcher;
    ProcessRequest request = act({"leave-one-ignoring-term"});
    request.standard_output = ToFile{held.path()};
    request.keep_descendants = true;
    EXPECT_EQ(launcher.run(request).survivors.size(), 1U);
  }
  EXPECT_TRUE(held.is_abandoned());
}

}  // namespace process_survivors_tests
}  // namespace assay::host
