#include "core/host/process/survivors.hpp"

#include <csignal>
#include <poll.h>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/process/process_table.hpp"

namespace assay::host {
namespace {

/// A service gets the chance to remove its files. One that ignores SIGTERM costs this long in each trial, outside the
/// clock.
constexpr std::chrono::milliseconds kGrace(500);
constexpr std::chrono::seconds kAnswerPatience(10);

void ask_to_end(pid_t process) {
  ::kill(process, SIGTERM);
  ::kill(process, SIGCONT);
}

}  // namespace

std::vector<Survivor> name_strangers(const launcher::ProcessList& strangers) {
  std::vector<Survivor> survivors;
  for (const pid_t process : with_descendants(strangers)) {
    survivors.push_back({.pid = process, .command_line = command_line_of(process)});
  }
  return survivors;
}

std::vector<Survivor> end_strangers(LauncherProcess& launcher) {
  const launcher::ProcessList& strangers = launcher.mailbox().report.strangers;
  std::vector<Survivor> survivors;
  std::set<pid_t> met;
  const nanoseconds start = monotonic_time();
  while (strangers.count > 0) {
    const nanoseconds spent = monotonic_time() - start;
    for (const pid_t process : with_descendants(strangers)) {
      if (met.insert(process).second) {
        survivors.push_back({.pid = process, .command_line = command_line_of(process)});
        ask_to_end(process);
      }
      if (spent > kGrace) ::kill(process, SIGKILL);
    }
    if (spent > kGrace + kAnswerPatience) {
      throw Error(fmt::format("cannot end pid {} (\"{}\"), which a trial left running; end it and try again",
                              strangers.pids[0], command_line_of(strangers.pids[0])));
    }
    ::poll(nullptr, 0, 1);
    launcher.send(launcher::Command::reap);
    launcher.wait_for_answer(kAnswerPatience);
  }
  return survivors;
}

}  // namespace assay::host
