#pragma once

#include <array>
#include <cerrno>
#include <cstddef>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

namespace assay::test {

/// From now on this process is refused hard links, as on a file system that has none: link(2) and linkat(2) answer
/// EPERM. False where the kernel takes no such filter.
inline bool forbid_hard_links() {
  constexpr unsigned kRefuse = SECCOMP_RET_ERRNO | EPERM;
  std::array<sock_filter, 5> steps = {
      sock_filter{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
      sock_filter{BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SYS_linkat},
#ifdef SYS_link
      sock_filter{BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_link},
#else
      sock_filter{BPF_JMP | BPF_JA, 0, 0, 1},
#endif
      sock_filter{BPF_RET | BPF_K, 0, 0, kRefuse},
      sock_filter{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
  };
  const sock_fprog program{static_cast<unsigned short>(steps.size()), steps.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace assay::test
