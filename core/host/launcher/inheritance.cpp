#include "core/host/launcher/inheritance.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

constexpr int kIoPriorityOfProcess = 1;
constexpr int kIoClassShift = 13;
constexpr unsigned long kAskPersonality = 0xffffffff;

/// A file of /proc/self, open from before anybody could change it.
struct KernelFile {
  int number = -1;
  std::size_t length = 0;
  std::array<char, 4096> text = {};
};

struct Inheritance {
  int nice;
  int policy;
  sched_param priority;
  int io_priority;
  int timer_slack;
  int personality;
  mode_t umask;
  std::array<rlimit, RLIM_NLIMITS> limits;
  std::uint32_t settable;  ///< those of `kSetByCalls` that the kernel lets this process set to what they are
};

Inheritance frozen;
KernelFile oom_score;
KernelFile coredump_filter;
KernelFile control_group;

constexpr std::uint32_t bit(Inherited what) {
  return std::uint32_t{1} << static_cast<int>(what);
}

int io_priority_now() {
  const auto found = static_cast<int>(syscall(SYS_ioprio_get, kIoPriorityOfProcess, 0));
  // Without a class of its own, a process has a level that the kernel reports and does not take.
  return found < 0 || found >> kIoClassShift == 0 ? 0 : found;
}

Inheritance inheritance_now() {
  Inheritance now = {};
  now.nice = getpriority(PRIO_PROCESS, 0);
  now.policy = sched_getscheduler(0);
  sched_getparam(0, &now.priority);
  now.io_priority = io_priority_now();
  now.timer_slack = prctl(PR_GET_TIMERSLACK);
  now.personality = personality(kAskPersonality);
  for (std::size_t index = 0; index < now.limits.size(); ++index) {
    getrlimit(static_cast<decltype(RLIMIT_AS)>(index), &now.limits[index]);
  }
  return now;
}

bool equal(const rlimit& one, const rlimit& other) {
  return one.rlim_cur == other.rlim_cur && one.rlim_max == other.rlim_max;
}

/// The deadline policy needs figures that no plain call sets, and with SCHED_RESET_ON_FORK a child has another policy
/// than its parent.
bool is_plain(int policy) {
  return policy == SCHED_OTHER || policy == SCHED_BATCH || policy == SCHED_IDLE || policy == SCHED_FIFO ||
         policy == SCHED_RR;
}

bool set_limits() {
  bool all = true;
  for (std::size_t index = 0; index < frozen.limits.size(); ++index) {
    all = setrlimit(static_cast<decltype(RLIMIT_AS)>(index), &frozen.limits[index]) == 0 && all;
  }
  return all;
}

bool set(Inherited what) {
  switch (what) {
    case Inherited::policy:
      return sched_setscheduler(0, frozen.policy, &frozen.priority) == 0;
    case Inherited::nice:
      return setpriority(PRIO_PROCESS, 0, frozen.nice) == 0;
    case Inherited::io_priority:
      return syscall(SYS_ioprio_set, kIoPriorityOfProcess, 0, frozen.io_priority) == 0;
    case Inherited::timer_slack:
      return prctl(PR_SET_TIMERSLACK, frozen.timer_slack) == 0;
    case Inherited::personality:
      return personality(static_cast<unsigned long>(frozen.personality)) >= 0;
    case Inherited::umask:
      umask(frozen.umask);
      return true;
    case Inherited::limits:
      return set_limits();
    case Inherited::cpus:
    case Inherited::oom_score:
    case Inherited::coredump_filter:
    case Inherited::control_group:
      return false;  // by no call, but by files or by whoever starts the child
  }
  return false;
}

constexpr std::array kSetByCalls = {Inherited::policy,      Inherited::nice,        Inherited::io_priority,
                                    Inherited::timer_slack, Inherited::personality, Inherited::umask,
                                    Inherited::limits};

std::uint32_t changes_since(const Inheritance& before, const Inheritance& now) {
  std::uint32_t changed = 0;
  const auto compare = [&changed](Inherited what, bool same) { changed |= same ? 0 : bit(what); };
  compare(Inherited::nice, before.nice == now.nice);
  compare(Inherited::policy,
          before.policy == now.policy && before.priority.sched_priority == now.priority.sched_priority);
  compare(Inherited::io_priority, before.io_priority == now.io_priority);
  compare(Inherited::timer_slack, before.timer_slack == now.timer_slack);
  compare(Inherited::personality, before.personality == now.personality);
  compare(Inherited::limits,
          std::equal(before.limits.begin(), before.limits.end(), now.limits.begin(), now.limits.end(), equal));
  return changed;
}

std::size_t read_again(const KernelFile& file, std::array<char, 4096>& text) {
  const ssize_t length = pread(file.number, text.data(), text.size(), 0);
  return length > 0 ? static_cast<std::size_t>(length) : 0;
}

/// \param access  O_RDWR if the kernel takes the text that it gives
void open_kernel_file(const char* path, int access, KernelFile& file) {
  if (file.number < 0) file.number = open(path, access | O_CLOEXEC);
  file.length = file.number < 0 ? 0 : read_again(file, file.text);
}

enum class Restoring { by_writing, impossible };

void check_file(const KernelFile& file, Inherited what, Restoring restoring, Report& report) {
  if (file.length == 0) return;
  static std::array<char, 4096> now;
  const auto is_frozen = [&] {
    return read_again(file, now) == file.length && std::memcmp(now.data(), file.text.data(), file.length) == 0;
  };
  if (is_frozen()) return;
  report.changed |= bit(what);
  if (restoring == Restoring::by_writing) {
    // The mask of a core dump is read in hexadecimal without its sign, and written with it.
    std::array<char, 64> text = {'0', 'x'};
    const std::size_t sign = what == Inherited::coredump_filter ? 2 : 0;
    const std::size_t length = std::min(file.length, text.size() - sign);
    std::memcpy(text.data() + sign, file.text.data(), length);
    if (pwrite(file.number, text.data(), length + sign, 0) > 0 && is_frozen()) return;
  }
  report.lost |= bit(what);
}

}  // namespace

void freeze_inheritance() {
  frozen = inheritance_now();
  frozen.umask = umask(0);
  umask(frozen.umask);
  open_kernel_file("/proc/self/oom_score_adj", O_RDWR, oom_score);
  open_kernel_file("/proc/self/coredump_filter", O_RDWR, coredump_filter);
  open_kernel_file("/proc/self/cgroup", O_RDONLY, control_group);
  frozen.settable = 0;
  for (const Inherited what : kSetByCalls) {
    if (what == Inherited::policy && !is_plain(frozen.policy)) continue;
    if (what == Inherited::timer_slack && frozen.timer_slack <= 0) continue;
    if (set(what)) frozen.settable |= bit(what);
  }
}

bool take_inheritance() {
  for (const Inherited what : kSetByCalls) {
    if ((frozen.settable & bit(what)) != 0 && !set(what)) return false;
  }
  return true;
}

void check_inheritance(Report& report) {
  const std::uint32_t changed = changes_since(frozen, inheritance_now());
  report.changed |= changed;
  for (const Inherited what : kSetByCalls) {
    if ((changed & bit(what)) != 0 && !set(what)) report.lost |= bit(what);
  }
  if (!has_own_cpus()) {
    report.changed |= bit(Inherited::cpus);
    if (!take_own_cpus()) report.lost |= bit(Inherited::cpus);
  }
  check_file(oom_score, Inherited::oom_score, Restoring::by_writing, report);
  check_file(coredump_filter, Inherited::coredump_filter, Restoring::by_writing, report);
  check_file(control_group, Inherited::control_group, Restoring::impossible, report);
}

}  // namespace assay::host::launcher
