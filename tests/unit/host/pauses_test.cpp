#include "core/host/machine/pauses.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/host/machine/clock.hpp"

namespace assay::host {
namespace pauses_tests {

void wait_for(nanoseconds time) {
  const nanoseconds end = monotonic_time() + time;
  while (monotonic_time() < end) usleep(10'000);
}

/// Whether a process that is stopped for so long, and then continued, notices it.
bool notices_a_stop_of(nanoseconds time) {
  const pid_t child = fork();
  if (child == 0) {
    const PauseWatch watch;
    raise(SIGSTOP);
    _exit(watch.stood_still() > std::chrono::seconds(1) ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, WUNTRACED);
  wait_for(time);
  kill(child, SIGCONT);
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(PauseWatch, NoticesThatTheProcessWasStopped) {
  EXPECT_TRUE(notices_a_stop_of(std::chrono::milliseconds(2500)));
}

TEST(PauseCount, IsNothingIfEveryLookIsInTime) {
  using std::chrono::milliseconds;
  PauseCount count(milliseconds(5000));
  for (const int time : {5200, 5400, 5401, 6600, 6800}) count.look(milliseconds(time));
  EXPECT_EQ(count.stood_still(), nanoseconds(0));
}

TEST(PauseCount, AddsUpByHowMuchLooksWereLate) {
  using std::chrono::milliseconds;
  PauseCount count(milliseconds(0));
  count.look(milliseconds(200));
  count.look(milliseconds(1900));  // due at 400
  count.look(milliseconds(2100));
  count.look(milliseconds(5300));  // due at 2300
  EXPECT_EQ(count.stood_still(), milliseconds(1500 + 3000));
}

}  // namespace pauses_tests
}  // namespace assay::host
