#include "core/host/process_limits.hpp"

#include <array>
#include <memory>
#include <sched.h>
#include <sys/resource.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

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

/// "0-3,8"; empty where the kernel does not tell.
std::string usable_cpus() {
  constexpr int kMostCpus = 1 << 14;
  const auto free_set = [](cpu_set_t* set) { CPU_FREE(set); };
  const std::unique_ptr<cpu_set_t, decltype(free_set)> set(CPU_ALLOC(kMostCpus), free_set);
  const std::size_t bytes = CPU_ALLOC_SIZE(kMostCpus);
  if (!set || ::sched_getaffinity(0, bytes, set.get()) != 0) return "";
  const auto is_usable = [&](int cpu) {
    return cpu < kMostCpus && CPU_ISSET_S(static_cast<std::size_t>(cpu), bytes, set.get());
  };
  std::vector<std::string> ranges;
  for (int cpu = 0; cpu < kMostCpus; ++cpu) {
    if (!is_usable(cpu)) continue;
    const int first = cpu;
    while (is_usable(cpu + 1)) ++cpu;
    ranges.push_back(first == cpu ? fmt::format("{}", cpu) : fmt::format("{}-{}", first, cpu));
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
  limits["CPUs"] = usable_cpus();
  limits["nice"] = fmt::format("{}", ::getpriority(PRIO_PROCESS, 0));
  return limits;
}

}  // namespace assay::host
