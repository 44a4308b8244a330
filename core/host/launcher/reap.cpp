#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"
#include "core/host/launcher/process_status.hpp"

namespace assay::host::launcher {
namespace {

/// Whether any child was alive at the last look. If so, the next trial must tell those children from its own.
bool others_live = false;

constexpr std::int64_t kEndingPatienceNs = 10'000'000'000;

std::int64_t nanoseconds_of(const timeval& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::int64_t>(time.tv_usec) * 1000;
}

void add(const rusage& usage, Counters& counters) {
  const std::int64_t max_rss_bytes = static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
  counters.user_ns += nanoseconds_of(usage.ru_utime);
  counters.system_ns += nanoseconds_of(usage.ru_stime);
  if (max_rss_bytes > counters.max_rss_bytes) counters.max_rss_bytes = max_rss_bytes;
  counters.minor_faults += usage.ru_minflt;
  counters.major_faults += usage.ru_majflt;
  counters.blocks_read += usage.ru_inblock;
  counters.blocks_written += usage.ru_oublock;
  counters.voluntary_switches += usage.ru_nvcsw;
  counters.involuntary_switches += usage.ru_nivcsw;
}

pid_t* begin_of(ProcessList& list) {
  return list.pids.data();
}

pid_t* end_of(ProcessList& list) {
  return list.pids.data() + list.count;
}

void append(ProcessList& list, pid_t pid) {
  if (list.count == kMaxListed) return;
  *end_of(list) = pid;
  ++list.count;
}

bool holds(ProcessList& list, pid_t pid) {
  return std::find(begin_of(list), end_of(list), pid) != end_of(list);
}

/// Whether the process was there before.
bool remove(ProcessList& list, pid_t pid) {
  pid_t* const found = std::find(begin_of(list), end_of(list), pid);
  if (found == end_of(list)) return false;
  *found = *(end_of(list) - 1);
  --list.count;
  return true;
}

/// Calls `take` with each child of the launcher. \returns false if the kernel keeps no such list
/// (CONFIG_PROC_CHILDREN).
template <class Take>
bool read_children(Take take) {
  const int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  std::array<char, 1024> piece;
  pid_t pid = 0;
  for (;;) {
    const ssize_t length = read(file, piece.data(), piece.size());
    if (length <= 0) break;
    for (const char* letter = piece.data(); letter != piece.data() + length; ++letter) {
      if (*letter >= '0' && *letter <= '9') {
        pid = 10 * pid + (*letter - '0');
      } else if (pid != 0) {
        take(pid);
        pid = 0;
      }
    }
  }
  close(file);
  return true;
}

/// The same, from the list of all processes.
template <class Take>
void search_children(Take take) {
  DIR* const processes = opendir("/proc");
  if (processes == nullptr) return;
  while (const dirent* entry = readdir(processes)) {
    const pid_t pid = std::atoi(entry->d_name);
    ProcessStatus status = {};
    if (pid > 0 && read_process_status(pid, status) && status.parent == getpid()) take(pid);
  }
  closedir(processes);
}

template <class Take>
void for_each_child(Take take) {
  if (!read_children(take)) search_children(take);
}

/// Sleeps for a share of the time since the child was started, while the clock runs on.
void run_on(const Child& child, std::int64_t millionths) {
  constexpr double kMillion = 1e6;
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t now = now_ns();
  const double share = static_cast<double>(millionths) / kMillion;
  const std::int64_t until = now + static_cast<std::int64_t>(share * static_cast<double>(now - child.started_ns));
  const timespec time = {.tv_sec = until / kSecond, .tv_nsec = until % kSecond};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) == EINTR) {
  }
}

}  // namespace

void reap_child(const Child& child, const Request& request, Report& report) {
  rusage usage = {};
  while (wait4(child.pid, &report.status, 0, &usage) < 0 && errno == EINTR) {
  }
  if (request.runs_on_ppm > 0) run_on(child, request.runs_on_ppm);
  report.wall_ns = now_ns() - child.started_ns;
  add(usage, report.counters);
}

void reap_others(Report& report) {
  report.strangers.count = 0;
  for (;;) {
    rusage usage = {};
    const pid_t pid = wait4(-1, nullptr, WNOHANG, &usage);
    others_live = pid == 0;
    if (pid < 0 && errno == EINTR) continue;
    if (pid <= 0) break;
    // The usage of a kept process belongs to no trial.
    if (!remove(report.kept, pid)) add(usage, report.counters);
  }
  if (!others_live) return;
  for_each_child([&report](pid_t pid) {
    if (!holds(report.kept, pid)) append(report.strangers, pid);
  });
}

void keep_what_lives(Report& report) {
  report.kept.count = 0;
  if (!others_live) return;
  for_each_child([&report](pid_t pid) { append(report.kept, pid); });
}

void end_descendants(pid_t running_child) {
  if (running_child > 0) kill(-running_child, SIGKILL);
  const std::int64_t give_up_ns = now_ns() + kEndingPatienceNs;
  while (now_ns() < give_up_ns) {
    // The children of a dying child become children of the launcher and are found in the next round.
    for_each_child([](pid_t pid) { kill(pid, SIGKILL); });
    const pid_t ended = waitpid(-1, nullptr, WNOHANG);
    if (ended < 0 && errno == ECHILD) return;
    const timespec moment = {.tv_sec = 0, .tv_nsec = 500'000};
    if (ended == 0) nanosleep(&moment, nullptr);
  }
}

}  // namespace assay::host::launcher
