#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace assay::host {

/// The given processes that are alive, and all their descendants; nobody twice. Reads all of /proc once: about 5 us a
/// process.
[[nodiscard]] std::vector<pid_t> with_descendants(const std::vector<pid_t>& roots);

/// What it was started as, "sleep 1000"; its name in brackets where it has no arguments, as ps(1) shows it.
[[nodiscard]] std::string command_line_of(pid_t process);

}  // namespace assay::host
