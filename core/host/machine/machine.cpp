#include "core/host/machine/machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/cgroups.hpp"
#include "core/host/machine/cpus.hpp"
#include "core/host/machine/software_image.hpp"
#include "core/host/machine/virtualisation.hpp"

namespace assay::host {
namespace {

/// The key is "model name" on x86, "Processor" or missing on arm, "processor 0" on s390 and "cpu" on ppc.
std::string cpu_model() {
  std::string fallback;
  for (const std::string& line : read_kernel_lines("/proc/cpuinfo")) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || colon + 2 > line.size()) continue;
    const std::string key = line.substr(0, line.find_last_not_of(" \t", colon - 1) + 1);
    std::string value = line.substr(colon + 2);
    if (key == "model name") return value;
    if (fallback.empty() && (key == "Processor" || key == "cpu" || key == "processor 0")) fallback = value;
  }
  return fallback;
}

std::int64_t memory_bytes() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page_bytes = ::sysconf(_SC_PAGESIZE);
  return pages > 0 && page_bytes > 0 ? std::int64_t{pages} * page_bytes : 0;
}

std::string aslr() {
  const std::string level = read_kernel_line("/proc/sys/kernel/randomize_va_space");
  if (level == "0") return "off";
  if (level == "1") return "without heap";
  return level == "2" ? "full" : level;
}

}  // namespace

Machine read_machine() {
  Machine machine;
  utsname names{};
  if (::uname(&names) == 0) {
    machine.hostname = names.nodename;
    machine.kernel = fmt::format("{} {} {}", names.sysname, names.release, names.machine);
  }
  machine.boot_id = read_kernel_line("/proc/sys/kernel/random/boot_id");
  machine.cpu_model = cpu_model();
  machine.cpu_count = static_cast<int>(usable_cpus().size());  // not all that the machine has
  machine.memory_bytes = memory_bytes();
  machine.governor = read_kernel_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  machine.virtualisation = detect_virtualisation();
  machine.aslr = aslr();
  machine.image = software_image(caller_environment());
  machine.limits = read_cgroup_limits("");
  return machine;
}

}  // namespace assay::host
