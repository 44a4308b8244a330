#include "core/host/process/process_cpu.hpp"

#include <ctime>
#include <sstream>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/process/process_table.hpp"

namespace assay::host {
namespace {

nanoseconds own_time(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

/// Fields 16 and 17 of proc(5)'s stat: the time of children that were waited for.
nanoseconds time_of_children(pid_t process) {
  constexpr int kWordsBefore = 13;  // after the name, which may hold blanks
  const std::string line = read_kernel_line(fmt::format("/proc/{}/stat", process));
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream words(line.substr(name_end + 1));
  std::string skipped;
  for (int word = 0; word < kWordsBefore; ++word) words >> skipped;
  long user = 0;
  long system = 0;
  if (!(words >> user >> system)) return {};
  return nanoseconds(std::chrono::seconds(1)) * (user + system) / ::sysconf(_SC_CLK_TCK);
}

}  // namespace

nanoseconds cpu_time_of(const std::vector<pid_t>& roots) {
  nanoseconds sum{};
  if (roots.empty()) return sum;
  for (const pid_t process : with_descendants(roots)) sum += own_time(process) + time_of_children(process);
  return sum;
}

}  // namespace assay::host
