#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::host {

/// The folders of this process's control group and of all above it, the innermost first; none where that hierarchy is
/// not mounted (docs.kernel.org, admin-guide/cgroup-v1 and cgroup-v2).
/// \param root  in front of /proc and /sys; empty on the real machine.
/// \param controller  of cgroup v1, "memory"; empty for the hierarchy of cgroup v2.
[[nodiscard]] std::vector<std::string> cgroup_folders(const std::string& root, const std::string& controller);

/// The pieces between separators, as the kernel's files are written; no piece behind the last separator.
[[nodiscard]] std::vector<std::string> words_of(std::string_view line, char separator);

}  // namespace assay::host
