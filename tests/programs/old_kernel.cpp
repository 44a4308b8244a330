// Runs a program as it would run on an old kernel or in a tight sandbox: without pidfd, clone3, close_range, cachestat,
// memory files and counters of events, and, where mounting is allowed, without control groups.
// Usage: old_kernel PROGRAM [ARGUMENT...]
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr unsigned kAllow = SECCOMP_RET_ALLOW;

sock_filter statement(int code, std::size_t value) {
  return {.code = static_cast<unsigned short>(code), .jt = 0, .jf = 0, .k = static_cast<unsigned>(value)};
}

/// Skips `count` steps unless the value read last is equal to, or has the bits of, `value`.
sock_filter unless(int test, std::size_t value, unsigned char count) {
  return {.code = static_cast<unsigned short>(BPF_JMP | test | BPF_K),
          .jt = 0,
          .jf = count,
          .k = static_cast<unsigned>(value)};
}

constexpr int kCacheStat = 451;  // newer than the C library's headers

/// seccomp(2); the calls answer like a kernel that never heard of them.
bool forget_new_calls() {
  std::vector<sock_filter> steps = {statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  for (const int call :
       {SYS_pidfd_open, SYS_clone3, SYS_close_range, SYS_memfd_create, SYS_execveat, SYS_perf_event_open, kCacheStat}) {
    steps.push_back(unless(BPF_JEQ, static_cast<std::size_t>(call), 1));
    steps.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS));
  }
  steps.push_back(unless(BPF_JEQ, SYS_clone, 3));
  steps.push_back(statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])));
  steps.push_back(unless(BPF_JSET, CLONE_PIDFD, 1));
  steps.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL));
  steps.push_back(statement(BPF_RET | BPF_K, kAllow));
  const sock_fprog program = {.len = static_cast<unsigned short>(steps.size()), .filter = steps.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/// Those who may not mount may make no control groups either.
void hide_control_groups() {
  if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return;
  ::mount("nothing", "/sys/fs/cgroup", "tmpfs", MS_RDONLY, nullptr);
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 2) {
    std::fputs("usage: old_kernel PROGRAM [ARGUMENT...]\n", stderr);
    return 1;
  }
  hide_control_groups();
  if (!forget_new_calls()) {
    std::perror("old_kernel: seccomp");
    return 1;
  }
  ::execv(arguments[1], arguments + 1);
  std::perror(arguments[1]);
  return 1;
}
