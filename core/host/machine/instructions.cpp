#include "core/host/machine/instructions.hpp"

#include <cerrno>
#include <charconv>
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/kernel_events.hpp"

namespace assay::host {

std::optional<int> perf_event_paranoid() {
  const std::string text = read_kernel_line("/proc/sys/kernel/perf_event_paranoid");
  int level = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), level).ec != std::errc{}) return std::nullopt;
  return level;
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
  return why_no_counter(error, perf_event_paranoid());
}

}  // namespace assay::host
