#include "core/host/process/caller_affinity.hpp"

#include <sys/syscall.h>
#include <unistd.h>

namespace assay::host {

// This uses the system calls themselves, because the kernel reports how many bytes its sets have, and the C library
// clears the rest.
CallerAffinity::CallerAffinity() {
  const long bytes = ::syscall(SYS_sched_getaffinity, 0, sizeof cpus_, cpus_.data());
  if (bytes <= 0) return;
  bytes_ = static_cast<std::size_t>(bytes);
  thread_ = ::gettid();
}

CallerAffinity::~CallerAffinity() {
  if (thread_ != 0) ::syscall(SYS_sched_setaffinity, 0, bytes_, cpus_.data());
}

}  // namespace assay::host
