#include "core/host/machine/cpus.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <sched.h>
#include <string>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/cgroups.hpp"

namespace assay::host {
namespace {

/// The position of a CPU; empty texts if the kernel does not report it.
struct CpuTopology {
  std::string core;  ///< the threads of its core: "0-1"
  std::string processor;
};

CpuTopology topology_of(int cpu, const std::string& root) {
  const std::string folder = fmt::format("{}/sys/devices/system/cpu/cpu{}/topology/", root, cpu);
  // The first kernels with this folder already use this name; newer ones also call it core_cpus_list.
  return {read_kernel_line(folder + "thread_siblings_list"), read_kernel_line(folder + "physical_package_id")};
}

bool share_core(const CpuTopology& one, const CpuTopology& other) {
  return !one.core.empty() && one.core == other.core;
}

}  // namespace

std::vector<int> usable_cpus() {
  // A machine may have more CPUs than cpu_set_t holds (1024). The kernel then returns EINVAL, and a larger set is
  // tried.
  for (int capacity = CPU_SETSIZE; capacity <= (1 << 20); capacity *= 2) {
    const auto free_set = [](cpu_set_t* set) { CPU_FREE(set); };
    const std::unique_ptr<cpu_set_t, decltype(free_set)> set(CPU_ALLOC(capacity), free_set);
    const std::size_t bytes = CPU_ALLOC_SIZE(capacity);
    if (!set || ::sched_getaffinity(0, bytes, set.get()) != 0) continue;
    std::vector<int> cpus;
    for (int cpu = 0; cpu < capacity; ++cpu) {
      if (CPU_ISSET_S(static_cast<std::size_t>(cpu), bytes, set.get())) cpus.push_back(cpu);
    }
    return cpus;
  }
  return {};
}

std::vector<int> one_of_each_core_first(const std::vector<int>& cpus, const std::string& root) {
  std::map<std::string, int> taken;        // of each core
  std::map<int, std::vector<int>> rounds;  // which thread of its core it is -> CPUs
  for (const int cpu : cpus) {
    const std::string core = topology_of(cpu, root).core;
    rounds[core.empty() ? 0 : taken[core]++].push_back(cpu);
  }
  std::vector<int> ordered;
  for (const auto& [round, of_round] : rounds) ordered.insert(ordered.end(), of_round.begin(), of_round.end());
  return ordered;
}

std::optional<double> cpus_for_trials() {
  const std::vector<int> usable = usable_cpus();
  if (usable.empty()) return std::nullopt;
  const auto all = static_cast<double>(usable.size());
  const std::map<std::string, std::string> limits = read_cgroup_limits("");
  const auto time = limits.find("cpus");
  return time == limits.end() ? all : std::min(all, std::stod(time->second));
}

std::optional<CpuPair> choose_cpu_pair(const std::vector<int>& cpus, const std::string& root) {
  if (cpus.size() < 2) return std::nullopt;
  std::vector<CpuTopology> topologies;
  topologies.reserve(cpus.size());
  for (const int cpu : cpus) topologies.push_back(topology_of(cpu, root));
  std::optional<CpuPair> apart;  // on two cores, of two processors
  for (std::size_t second = 1; second < cpus.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      if (share_core(topologies[first], topologies[second])) continue;
      const CpuPair pair{cpus[first], cpus[second]};
      if (topologies[first].processor == topologies[second].processor) return pair;
      if (!apart) apart = pair;
    }
  }
  return apart ? apart : CpuPair{cpus[0], cpus[1], true};
}

}  // namespace assay::host
