#include "core/host/process/process_limits.hpp"

#include <array>
#include <sys/resource.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/host/machine/cpus.hpp"

namespace assay::host {
namespace {

constexpr std::array<std::pair<int, const char*>, 7> kLimits = {{{RLIMIT_AS, "address space"},
                                                                 {RLIMIT_CPU, "CPU time"},
                                                                 {RLIMIT_DATA, "data"},
                                                                 {RLIMIT_MEMLOCK, "locked memory"},
                                                                 {RLIMIT_NOFILE, "open files"},
                                                                 {RLIMIT_NPROC, "processes"},
                                                                 {RLIMIT_STACK, "stack"}}};

std::string limit_text(rlim_t limit) {
  return limit == RLIM_INFINITY ? "unlimited" : fmt::format("{}", limit);
}

/// The CPU set, such as "0-3,8"; empty if the kernel does not report it.
std::string ranges_of(const std::vector<int>& cpus) {
  std::vector<std::string> ranges;
  for (auto cpu = cpus.begin(); cpu != cpus.end(); ++cpu) {
    const int first = *cpu;
    while (cpu + 1 != cpus.end() && *(cpu + 1) == *cpu + 1) ++cpu;
    ranges.push_back(first == *cpu ? fmt::format("{}", first) : fmt::format("{}-{}", first, *cpu));
  }
  return fmt::format("{}", fmt::join(ranges, ","));
}

}  // namespace

std::map<std::string, std::string> process_limits() {
  std::map<std::string, std::string> limits;
  for (const auto& [resource, name] : kLimits) {
    rlimit limit{};
    if (::getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0) continue;
    limits[name] = fmt::format("soft {}, hard {}", limit_text(limit.rlim_cur), limit_text(limit.rlim_max));
  }
  limits["CPUs"] = ranges_of(usable_cpus());
  limits["nice"] = fmt::format("{}", ::getpriority(PRIO_PROCESS, 0));
  return limits;
}

}  // namespace assay::host
