#pragma once

#include <set>
#include <string>

namespace assay::host {

// What programs may leave on a machine beside processes and files; as this process sees it.

/// "/mnt/image (ext4)", one for each mount.
[[nodiscard]] std::set<std::string> mounts();
/// "tcp 127.0.0.1:8080", one for each port that someone listens on, in this network namespace.
[[nodiscard]] std::set<std::string> listening_ports();

/// Those of the paths that a living process is in (its folder, an open file) or was started with (its arguments, its
/// environment), as far as this user may see; this process, its launcher and its ancestors aside. Reads all of /proc
/// once: some 50 us a process.
[[nodiscard]] std::set<std::string> used_by_processes(const std::set<std::string>& paths);

}  // namespace assay::host
