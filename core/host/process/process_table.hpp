#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

#include "core/host/launcher/protocol.hpp"

namespace assay::host {

/// All that /proc shows.
[[nodiscard]] std::vector<pid_t> all_processes();

/// The given processes that are alive, and all their descendants; nobody twice. Reads all of /proc once: about 5 us a
/// process.
[[nodiscard]] std::vector<pid_t> with_descendants(const std::vector<pid_t>& roots);
[[nodiscard]] std::vector<pid_t> with_descendants(const launcher::ProcessList& roots);

/// What it was started as, "sleep 1000"; its name in brackets where it has no arguments, as ps(1) shows it.
[[nodiscard]] std::string command_line_of(pid_t process);

}  // namespace assay::host
