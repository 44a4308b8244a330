#pragma once

#include <map>
#include <string>
#include <vector>

namespace assay::host {

// Control groups of this process, for cgroup v1, v2 and both side by side (docs.kernel.org, admin-guide/cgroup-v1 and
// cgroup-v2). `root` is put in front of /proc and /sys; it is empty on the real machine.

/// The folders of this process's control group and of all its ancestors, the innermost first. Empty if the hierarchy
/// is not mounted.
/// \param controller  a controller of cgroup v1, such as "memory"; empty for the hierarchy of cgroup v2.
[[nodiscard]] std::vector<std::string> cgroup_folders(const std::string& root, const std::string& controller);

/// What the control groups allow this process: the tightest limits of its own group and all its ancestors. A key is
/// present only if something is limited: "cpus" (as CPU time, "1.5"), "memory_bytes", "cpu_set" ("0-3,8").
[[nodiscard]] std::map<std::string, std::string> read_cgroup_limits(const std::string& root);

}  // namespace assay::host
