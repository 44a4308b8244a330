#pragma once

#include <set>
#include <string>

namespace assay::host {

// What programs may leave on a machine beside processes and files; as this process sees it.

/// "/mnt/image (ext4)", one for each mount.
[[nodiscard]] std::set<std::string> mounts();
/// "tcp 127.0.0.1:8080", one for each port that someone listens on, in this network namespace.
[[nodiscard]] std::set<std::string> listening_ports();

/// Whether a living process is in the path (its folder, an open file) or was started with it (its arguments, its
/// environment), as far as this user may see; this process, its launcher and its ancestors aside. Reads all of /proc: some 20 us a process.
[[nodiscard]] bool is_used_by_a_process(const std::string& path);

}  // namespace assay::host
