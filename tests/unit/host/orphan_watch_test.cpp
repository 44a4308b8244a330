#include <chrono>
#include <csignal>
#include <ctime>
#include <stdexcept>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/host/launcher/process_status.hpp"
#include "core/host/process/orphans.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace orphan_watch_tests {

using test::ForkedChild;

/// Starts a process that waits for a signal, with one variable as its environment.
pid_t start_waiting(std::string variable) {
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  std::string program = ASSAY_ACT;
  std::string verb = "wait";
  char* const arguments[] = {program.data(), verb.data(), nullptr};
  char* const environment[] = {variable.data(), nullptr};
  ::execve(ASSAY_ACT, arguments, environment);
  ::_exit(127);
}

bool lives(pid_t pid) {
  launcher::ProcessStatus status{};
  return launcher::read_process_status(pid, status) && status.state != 'Z';
}

bool ends_soon(pid_t pid) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  const timespec moment = {.tv_sec = 0, .tv_nsec = 2'000'000};
  while (lives(pid) && std::chrono::steady_clock::now() < end) ::nanosleep(&moment, nullptr);
  return !lives(pid);
}

/// A session in a process of its own, which tells the ids of two that it left running: its own and somebody else's.
class OrphanWatchTest : public testing::Test {
 protected:
  static void tell_services(const std::string& folder, const ForkedChild::Tell& tell) {
    for (const std::string& arm : {folder + "/arm-1", folder + "-of-another/arm-1"}) {
      tell(std::to_string(start_waiting("ASSAY_ARM_DIR=" + arm)));
    }
  }
  void take_services(ForkedChild& session) {
    own_ = std::stoi(session.next_line().value());
    foreign_ = std::stoi(session.next_line().value());
  }
  ~OrphanWatchTest() override {
    for (const pid_t pid : {own_, foreign_}) {
      if (pid > 0) ::kill(pid, SIGKILL);
    }
  }

  test::ScratchFolder folder_;
  pid_t own_ = -1;
  pid_t foreign_ = -1;
};

TEST_F(OrphanWatchTest, EndsWhatAKilledSessionLeftRunningAndNothingElse) {
  ForkedChild session([this](const ForkedChild::Tell& tell) {
    const OrphanWatch watch(folder_.path());
    tell_services(folder_.path(), tell);
    ::pause();
  });
  take_services(session);
  ASSERT_TRUE(lives(own_));
  session.kill();
  EXPECT_TRUE(ends_soon(own_));
  EXPECT_TRUE(lives(foreign_));
}

TEST_F(OrphanWatchTest, LeavesEverythingToASessionThatEndsWell) {
  ForkedChild session([this](const ForkedChild::Tell& tell) {
    { const OrphanWatch watch(folder_.path()); }
    tell_services(folder_.path(), tell);
    { const OrphanWatch watch(folder_.path()); }
    tell("over");
    ::pause();
  });
  take_services(session);
  EXPECT_EQ(session.next_line(), "over");  // the watch has ended, and is waited for
  EXPECT_TRUE(lives(own_));
}

TEST_F(OrphanWatchTest, EndsWhatAFailedSessionLeftRunning) {
  ForkedChild session([this](const ForkedChild::Tell& tell) {
    try {
      const OrphanWatch watch(folder_.path());
      tell_services(folder_.path(), tell);
      throw std::runtime_error("the launcher has died");
    } catch (const std::runtime_error&) {
      tell("over");
    }
    ::pause();
  });
  take_services(session);
  EXPECT_EQ(session.next_line(), "over");
  EXPECT_TRUE(ends_soon(own_));
}

}  // namespace orphan_watch_tests
}  // namespace assay::host
