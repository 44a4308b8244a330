#include <cstring>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

using CpuSet = std::array<unsigned long, kMaxCpus / kCpusPerWord>;

/// The CPU set that the launcher was started with; 0 bytes if it cannot be read, and so cannot be given back.
CpuSet own_set;
long own_set_bytes = 0;
/// Whether the launcher is bound to one CPU, or may be.
bool bound = false;

}  // namespace

void keep_own_cpus() {
  own_set_bytes = syscall(SYS_sched_getaffinity, 0, sizeof own_set, own_set.data());
  if (own_set_bytes < 0) own_set_bytes = 0;
}

bool take_own_cpus() {
  return own_set_bytes == 0 || syscall(SYS_sched_setaffinity, 0, own_set_bytes, own_set.data()) == 0;
}

bool has_own_cpus() {
  if (own_set_bytes == 0) return true;
  static CpuSet now;
  const long bytes = syscall(SYS_sched_getaffinity, 0, sizeof now, now.data());
  return bytes == own_set_bytes && std::memcmp(now.data(), own_set.data(), static_cast<std::size_t>(bytes)) == 0;
}

void line_up(const Request& request) {
  if (request.cpu_set_bytes > 0 && own_set_bytes > 0) {
    syscall(SYS_sched_setaffinity, 0, request.cpu_set_bytes, request.cpu_set.data());
    bound = true;
  }
  while (now_ns() < request.start_ns) {
  }
}

void meet(pid_t caller) {
  const int cpu = sched_getcpu();
  if (caller == 0 || cpu < 0 || cpu >= kMaxCpus || own_set_bytes == 0) return;
  const auto word = static_cast<std::size_t>(cpu / kCpusPerWord);
  CpuSet here = {};
  here[word] = 1UL << (cpu % kCpusPerWord);
  const std::size_t bytes = (word + 1) * sizeof here[0];
  syscall(SYS_sched_setaffinity, 0, bytes, here.data());
  syscall(SYS_sched_setaffinity, caller, bytes, here.data());
  bound = true;
}

void part() {
  // Should the kernel refuse now what it took before, the next look at what children inherit finds it.
  if (bound && take_own_cpus()) bound = false;
}

}  // namespace assay::host::launcher
