#pragma once

#include <map>
#include <set>
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

enum class CgroupsListed {
  all,
  unused,  ///< without a process in them or below them
};
/// The groups of all mounted hierarchies that belong to this user, as paths. A program can make them, and they stay.
/// Cost: 2 us for each group there is; 10 us if the unused ones are asked for.
[[nodiscard]] std::set<std::string> cgroups_of_user(const std::string& root, CgroupsListed listed);

}  // namespace assay::host
