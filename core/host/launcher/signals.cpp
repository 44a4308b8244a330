#include <array>
#include <csignal>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

int signals_of_children = -1;
volatile std::sig_atomic_t continued = 0;

/// A trial that sends one of these to its parent must not end or stop it. A handler, unlike an ignored signal, is not
/// passed on to programs.
constexpr std::array kHarmless = {SIGHUP,  SIGINT,  SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM,  SIGTERM,
                                  SIGTSTP, SIGTTIN, SIGTTOU, SIGXCPU, SIGXFSZ, SIGPROF, SIGVTALRM};

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, nullptr);
}

sigset_t of_children() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  return set;
}

}  // namespace

void guard_signals() {
  for (const int signal : kHarmless) handle(signal, [](int) {});
  handle(SIGCONT, [](int) { continued = continued + 1; });
  const sigset_t set = of_children();
  sigprocmask(SIG_BLOCK, &set, nullptr);
  signals_of_children = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

void unguard_signals() {
  const sigset_t set = of_children();
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

int children_signals() {
  return signals_of_children;
}

void count_stops(pid_t child, Report& report) {
  signalfd_siginfo told;
  while (read(signals_of_children, &told, sizeof told) > 0) {
  }
  for (;;) {
    siginfo_t found = {};
    const int options = WSTOPPED | WCONTINUED | WNOHANG;
    if (waitid(P_PID, static_cast<id_t>(child), &found, options) != 0 || found.si_pid != child) return;
    // A stop that was over before it could be seen shows only as the continuation.
    if (found.si_code == CLD_STOPPED || report.stops == 0) ++report.stops;
  }
}

std::int32_t times_continued() {
  return static_cast<std::int32_t>(continued);
}

}  // namespace assay::host::launcher
