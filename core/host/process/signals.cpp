#include "core/host/process/signals.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <sys/time.h>
#include <unistd.h>

#include "core/assert.hpp"

namespace assay::host {
namespace {

constexpr std::array kStopping = {SIGINT, SIGTERM, SIGHUP};
constexpr std::string_view kAnswerToEnding = "\nassay: stopping at once\n";
constexpr std::string_view kGivenUp = "assay: gave up its own work; the next assay run cleans up\n";
constexpr itimerval kPatience = {.it_interval = {}, .it_value = {.tv_sec = 0, .tv_usec = 800'000}};
constexpr int kInterruptedExit = 130;

// A signal handler can only reach globals.
std::atomic<int> stop_count{0};
std::atomic<bool> ending_came{false};  // a signal other than SIGINT
std::array<std::atomic<Launcher*>, kMostWatchedLaunchers> watched_launchers{};
std::atomic<bool> installed{false};
std::string_view answer_to_first;  // set while no handler is installed
std::array<struct sigaction, kStopping.size()> earlier_actions{};
struct sigaction earlier_alarm {};

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<Launcher*>::is_always_lock_free);

void say(std::string_view text) {
  (void)!::write(STDERR_FILENO, text.data(), text.size());
}

void count_signal(int signal) {
  const int before = errno;
  const int count = ++stop_count;
  if (signal != SIGINT) ending_came = true;
  if (count == 1 && !answer_to_first.empty()) say(signal == SIGINT ? answer_to_first : kAnswerToEnding);
  for (const std::atomic<Launcher*>& watched : watched_launchers) {
    Launcher* const launcher = watched;
    if ((count >= 2 || ending_came) && launcher != nullptr) launcher->interrupt(Launcher::Haste::at_once);
  }
  if (count == 2) ::setitimer(ITIMER_REAL, &kPatience, nullptr);
  errno = before;
}

/// The time after the second signal is over.
void end_patience(int) {
  const int before = errno;
  bool watches = false;
  for (const std::atomic<Launcher*>& watched : watched_launchers) {
    Launcher* const launcher = watched;
    if (launcher == nullptr) continue;
    watches = true;
    if (launcher->is_running()) {
      ::setitimer(ITIMER_REAL, &kPatience, nullptr);
      errno = before;
      return;
    }
  }
  if (watches) {
    if (!answer_to_first.empty()) say(kGivenUp);
    ::_exit(kInterruptedExit);
  }
  errno = before;
}

}  // namespace

StopSignals::StopSignals(std::string_view answer) {
  const bool was_installed = installed.exchange(true);
  ASSAY_ASSERT(!was_installed);
  stop_count = 0;
  ending_came = false;
  answer_to_first = answer;
  watch({});
  struct sigaction action {};
  action.sa_handler = count_signal;
  action.sa_flags = SA_RESTART;  // only what asks for the count notices
  sigemptyset(&action.sa_mask);
  for (std::size_t index = 0; index < kStopping.size(); ++index) {
    sigaction(kStopping[index], nullptr, &earlier_actions[index]);
    // If the process that started us ignores a signal (nohup), it stays ignored.
    if (earlier_actions[index].sa_handler != SIG_IGN) sigaction(kStopping[index], &action, nullptr);
  }
  action.sa_handler = end_patience;
  sigaction(SIGALRM, &action, &earlier_alarm);
}

StopSignals::~StopSignals() {
  for (std::size_t index = 0; index < kStopping.size(); ++index) {
    sigaction(kStopping[index], &earlier_actions[index], nullptr);
  }
  constexpr itimerval kNever = {};
  ::setitimer(ITIMER_REAL, &kNever, nullptr);
  sigaction(SIGALRM, &earlier_alarm, nullptr);
  watch({});
  installed = false;
}

void StopSignals::watch(const std::vector<Launcher*>& launchers) noexcept {
  ASSAY_ASSERT(launchers.size() <= watched_launchers.size());
  auto next = launchers.begin();
  for (std::atomic<Launcher*>& watched : watched_launchers) watched = next != launchers.end() ? *next++ : nullptr;
}

int StopSignals::count() const noexcept {
  return stop_count;
}

bool StopSignals::at_once() const noexcept {
  return stop_count >= 2 || ending_came;
}

std::vector<StopStep> terminate_then_kill(nanoseconds grace) {
  return {{SIGTERM, grace}, {SIGKILL, nanoseconds{0}}};
}

}  // namespace assay::host
