#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay::host {

/// The CPUs that this process may use, ascending; none where the kernel does not tell.
[[nodiscard]] std::vector<int> usable_cpus();

/// Two CPUs for two trials at once.
struct CpuPair {
  int first = 0;
  int second = 1;
  bool share_core = false;  ///< they are two threads of one core, which divides its units between them
  friend bool operator==(const CpuPair&, const CpuPair&) = default;
};

/// The first two that lie on two cores of one processor, since what disturbs one of them disturbs the other, too; else
/// on two cores; else the first two. Nothing where there are fewer than two.
/// \param root  in front of /sys; empty on the real machine
[[nodiscard]] std::optional<CpuPair> choose_cpu_pair(const std::vector<int>& cpus, const std::string& root = "");

}  // namespace assay::host
