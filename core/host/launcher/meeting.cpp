#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

using CpuSet = std::array<unsigned long, kMaxCpus / kCpusPerWord>;

/// The CPU set that the launcher was started with; 0 bytes while it is not bound.
CpuSet own_set;
long own_set_bytes = 0;

/// Returns false if it cannot be read, and so cannot be given back.
bool note_own_set() {
  own_set_bytes = syscall(SYS_sched_getaffinity, 0, sizeof own_set, own_set.data());
  if (own_set_bytes > 0) return true;
  own_set_bytes = 0;
  return false;
}

}  // namespace

void line_up(const Request& request) {
  const bool can_part = own_set_bytes > 0 || note_own_set();  // it may be bound since it met its caller
  if (request.cpu_set_bytes > 0 && can_part) {
    syscall(SYS_sched_setaffinity, 0, request.cpu_set_bytes, request.cpu_set.data());
  }
  while (now_ns() < request.start_ns) {
  }
}

void meet(pid_t caller) {
  const int cpu = sched_getcpu();
  if (caller == 0 || cpu < 0 || cpu >= kMaxCpus || !note_own_set()) return;
  const auto word = static_cast<std::size_t>(cpu / kCpusPerWord);
  CpuSet here = {};
  here[word] = 1UL << (cpu % kCpusPerWord);
  const std::size_t bytes = (word + 1) * sizeof here[0];
  syscall(SYS_sched_setaffinity, 0, bytes, here.data());
  syscall(SYS_sched_setaffinity, caller, bytes, here.data());
}

void take_own_cpus() {
  if (own_set_bytes > 0) syscall(SYS_sched_setaffinity, 0, own_set_bytes, own_set.data());
}

void part() {
  take_own_cpus();
  own_set_bytes = 0;
}

}  // namespace assay::host::launcher
