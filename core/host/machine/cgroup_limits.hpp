#pragma once

#include <map>
#include <string>

namespace assay::host {

/// What the control groups allow this process, the tightest of its own group and all above it; cgroup v1, v2 and both
/// side by side (docs.kernel.org, admin-guide/cgroup-v1 and cgroup-v2). Keys, each only where something is limited:
/// "cpus" (as time, "1.5"), "memory_bytes", "cpu_set" ("0-3,8").
/// \param root  in front of /proc and /sys; empty on the real machine.
[[nodiscard]] std::map<std::string, std::string> read_cgroup_limits(const std::string& root);

}  // namespace assay::host
