#include "core/host/machine/instructions.hpp"

#include <cerrno>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/files/kernel_files.hpp"

namespace assay::host {

std::string missing_counter_text(int error, const std::string& paranoia) {
  switch (error) {
    case ENOENT:
    case ENODEV:
    case EOPNOTSUPP:
      return "this machine gives the kernel no hardware counter, as many virtual machines do not";
    case ENOSYS:
      return "this kernel is built without performance counters, or a sandbox hides them";
    case EACCES:
    case EPERM:
      return paranoia.empty() ? "this user may not count them"
                              : fmt::format(
                                    "this user may not count them; kernel.perf_event_paranoid is {}, and 2 or "
                                    "less allows it, unless a container forbids it",
                                    paranoia);
    default:
      return fmt::format("perf_event_open: {}", std::generic_category().message(error));
  }
}

std::string why_no_instructions() {
  perf_event_attr wanted{};
  wanted.size = sizeof wanted;
  wanted.type = PERF_TYPE_HARDWARE;
  wanted.config = PERF_COUNT_HW_INSTRUCTIONS;
  wanted.disabled = 1;
  wanted.exclude_kernel = 1;  // what a trial's own code executes, and all that paranoia 2 allows
  wanted.exclude_hv = 1;
  constexpr int kThisProcess = 0;
  constexpr int kAnyCpu = -1;
  constexpr int kNoGroup = -1;
  const FileDescriptor counter(
      static_cast<int>(::syscall(SYS_perf_event_open, &wanted, kThisProcess, kAnyCpu, kNoGroup, PERF_FLAG_FD_CLOEXEC)));
  if (counter.is_open()) return "";
  const int error = errno;
  return missing_counter_text(error, read_kernel_line("/proc/sys/kernel/perf_event_paranoid"));
}

}  // namespace assay::host
