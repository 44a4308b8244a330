#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay::host {

/// The CPUs that this process may use, ascending; empty if the kernel does not report them.
[[nodiscard]] std::vector<int> usable_cpus();

/// The same CPUs in the order in which separate workloads should get them: one of every core first, then the second
/// thread of every core, and so on; within that as they were.
/// \param root  put in front of /sys; empty on the real machine
[[nodiscard]] std::vector<int> one_of_each_core_first(const std::vector<int>& cpus, const std::string& root = "");

/// How many CPUs' time this process may use: its CPUs, or less if a control group allows less; empty if unknown.
[[nodiscard]] std::optional<double> cpus_for_trials();

/// Two CPUs for two simultaneous trials.
struct CpuPair {
  int first = 0;
  int second = 1;
  bool share_core = false;  ///< they are two threads of one core and share its units
  friend bool operator==(const CpuPair&, const CpuPair&) = default;
};

/// Chooses the first two CPUs on two cores of one processor, because a disturbance of one then also disturbs the other;
/// else two CPUs on different cores; else the first two. std::nullopt if there are fewer than two.
/// \param root  put in front of /sys; empty on the real machine
[[nodiscard]] std::optional<CpuPair> choose_cpu_pair(const std::vector<int>& cpus, const std::string& root = "");

}  // namespace assay::host
