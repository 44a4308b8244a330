#pragma once

#include <set>
#include <string>

#include "core/host/process/process_activity.hpp"

namespace assay::host {

// What programs may leave on a machine besides processes and files, as far as this process sees it.

/// The mounts, such as "/mnt/image (ext4)".
[[nodiscard]] std::set<std::string> mounts();
/// The ports that somebody listens on in this network namespace, such as "tcp 127.0.0.1:8080".
[[nodiscard]] std::set<std::string> listening_ports();

/// Those of the paths that a living process uses (its folder or an open file) or was started with (its arguments or
/// environment name it or something below it), as far as this user may see. This process, its launcher and its
/// ancestors do not count. Reads all of /proc once: some 50 us a process. \param activity  if given: what a process was
/// started with counts only if it has run since, since one that only sleeps makes no file
[[nodiscard]] std::set<std::string> used_by_processes(const std::set<std::string>& paths,
                                                      const ProcessActivity* activity = nullptr);

}  // namespace assay::host
