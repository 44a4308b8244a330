#include <csignal>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fifo.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/launching.hpp"
#include "tests/support/message_of.hpp"

namespace assay::host {
namespace process_stopping_tests {

using namespace std::chrono_literals;
using test::act;
using test::message_of;
using testing::HasSubstr;

/// Short steps: no test has to wait for the default grace of 5 s.
ProcessRequest limited(ProcessRequest request) {
  request.timeout = 50ms;
  request.stop_steps = {{.signal = SIGTERM, .wait = 50ms}, {.signal = SIGKILL, .wait = 0ms}};
  return request;
}

class ProcessStoppingTest : public test::LaunchingTest {
 protected:
  /// Runs the request until it has written "x", then interrupts it.
  ProcessResult interrupted(ProcessRequest request, Launcher::Haste haste) {
    test::Fifo told;
    request.standard_output = ToFile{told.path()};
    std::thread interrupter([&] {
      if (told.read(1) != "") launcher_.interrupt(haste);
    });
    ProcessResult result = launcher_.run(request);
    interrupter.join();
    return result;
  }
};

TEST_F(ProcessStoppingTest, ATimeoutEndsTheChild) {
  const ProcessResult result = launcher_.run(limited(act({"wait"})));
  EXPECT_EQ(std::get<TimedOut>(result.ending), TimedOut{50ms});
  EXPECT_GE(result.usage.wall, 50ms);
}

TEST_F(ProcessStoppingTest, AChildThatIgnoresTheFirstStepIsKilledByTheLast) {
  const ProcessResult result = launcher_.run(limited(act({"ignore-term"})));
  EXPECT_TRUE(std::holds_alternative<TimedOut>(result.ending));
  EXPECT_GE(result.usage.wall, 100ms);
}

TEST_F(ProcessStoppingTest, StepsWithoutAKillEndWithOne) {
  ProcessRequest request = limited(act({"ignore-term"}));
  request.stop_steps = {{.signal = SIGTERM, .wait = 1ms}};
  EXPECT_TRUE(std::holds_alternative<TimedOut>(launcher_.run(request).ending));
}

TEST_F(ProcessStoppingTest, AChildThatStoppedItselfIsEnded) {
  EXPECT_TRUE(std::holds_alternative<TimedOut>(launcher_.run(limited(act({"stop-self"}))).ending));
}

TEST_F(ProcessStoppingTest, AChildThatLeftItsGroupIsEnded) {
  EXPECT_TRUE(std::holds_alternative<TimedOut>(launcher_.run(limited(act({"leave-group-and-wait"}))).ending));
}

TEST_F(ProcessStoppingTest, AChildThatEndsInTimeIsNotStopped) {
  ProcessRequest request = act({"exit", "4"});
  request.timeout = nanoseconds::max();
  EXPECT_EQ(std::get<Exited>(launcher_.run(request).ending).code, 4);
}

TEST_F(ProcessStoppingTest, AGentleInterruptionSendsTheFirstSignal) {
  const ProcessResult result = interrupted(act({"announce-and-wait", "x"}), Launcher::Haste::gentle);
  EXPECT_EQ(std::get<Killed>(result.ending).signal, SIGTERM);
}

TEST_F(ProcessStoppingTest, AHastyInterruptionKillsAtOnce) {
  const ProcessResult result = interrupted(act({"announce-and-ignore-term", "x"}), Launcher::Haste::at_once);
  EXPECT_EQ(std::get<Killed>(result.ending).signal, SIGKILL);
}

TEST_F(ProcessStoppingTest, AnInterruptionBetweenTrialsIsForgotten) {
  launcher_.interrupt(Launcher::Haste::at_once);
  EXPECT_EQ(std::get<Exited>(run({"exit", "6"}).ending).code, 6);
}

TEST_F(ProcessStoppingTest, ALauncherThatWasKilledIsOneClearError) {
  EXPECT_THAT(message_of([&] { run({"kill-parent"}); }),
              HasSubstr("the launcher, which starts every trial, has died (killed by signal 9)"));
  EXPECT_THAT(message_of([&] { run({"exit", "0"}); }), HasSubstr("has died"));
  EXPECT_THAT(message_of([&] { launcher_.end_descendants(); }), HasSubstr("has died"));
  launcher_.interrupt(Launcher::Haste::gentle);
}

TEST_F(ProcessStoppingTest, ALauncherThatWasStoppedGoesOn) {
  EXPECT_EQ(std::get<Exited>(run({"stop-parent"}).ending).code, 0);
}

TEST_F(ProcessStoppingTest, WhoKillsTheLauncherIsEndedToo) {
  test::Fifo held;
  ProcessRequest request = act({"kill-parent"});
  request.standard_output = ToFile{held.path()};
  EXPECT_NE(message_of([&] { launcher_.run(request); }), "");
  EXPECT_TRUE(held.is_abandoned());
}

TEST(KilledCoordinator, LeavesNoOrphan) {
  test::Fifo held;
  // The trial itself, and a daemon that left its group and session, hold the pipe.
  test::ForkedChild coordinator([&](const test::ForkedChild::Tell&) {
    Launcher launcher;
    ProcessRequest request = act({"leave-daemon-and-wait", "x"});
    request.standard_output = ToFile{held.path()};
    (void)launcher.run(request);
  });
  ASSERT_EQ(held.read(2), "x\n");
  coordinator.kill();
  EXPECT_TRUE(held.is_abandoned());
}

TEST(KilledCoordinator, LeavesNoKeptDescendant) {
  test::Fifo held;
  test::ForkedChild coordinator([&](const test::ForkedChild::Tell& tell) {
    Launcher launcher;
    ProcessRequest request = act({"leave-daemon"});
    request.standard_output = ToFile{held.path()};
    request.keep_descendants = true;
    (void)launcher.run(request);
    tell("kept");
    ::pause();
  });
  ASSERT_EQ(coordinator.next_line(), "kept");
  coordinator.kill();
  EXPECT_TRUE(held.is_abandoned());
}

}  // namespace process_stopping_tests
}  // namespace assay::host
