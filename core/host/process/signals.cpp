#include "core/host/process/signals.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <unistd.h>

#include "core/assert.hpp"

namespace assay::host {
namespace {

constexpr std::array kStopping = {SIGINT, SIGTERM, SIGHUP};

// A signal handler can only reach globals.
std::atomic<int> stop_count{0};
std::array<std::atomic<Launcher*>, 2> watched_launchers{};  // a duet has two
std::atomic<bool> installed{false};
std::string_view answer_to_first;  // set while no handler is installed
std::array<struct sigaction, kStopping.size()> earlier_actions{};

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<Launcher*>::is_always_lock_free);

void count_signal(int) {
  const int before = errno;
  const int count = ++stop_count;
  if (count == 1) (void)!::write(STDERR_FILENO, answer_to_first.data(), answer_to_first.size());
  for (const std::atomic<Launcher*>& watched : watched_launchers) {
    Launcher* const launcher = watched;
    if (count >= 2 && launcher != nullptr) launcher->interrupt(Launcher::Haste::at_once);
  }
  errno = before;
}

}  // namespace

StopSignals::StopSignals(std::string_view answer) {
  const bool was_installed = installed.exchange(true);
  ASSAY_ASSERT(!was_installed);
  stop_count = 0;
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
}

StopSignals::~StopSignals() {
  for (std::size_t index = 0; index < kStopping.size(); ++index) {
    sigaction(kStopping[index], &earlier_actions[index], nullptr);
  }
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

std::vector<StopStep> terminate_then_kill(nanoseconds grace) {
  return {{SIGTERM, grace}, {SIGKILL, nanoseconds{0}}};
}

}  // namespace assay::host
