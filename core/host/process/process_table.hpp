#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

#include "core/host/launcher/protocol.hpp"

namespace assay::host {

/// All processes that /proc shows.
[[nodiscard]] std::vector<pid_t> all_processes();

/// Those of the given processes that are alive, and all their descendants, each once. Reads all of /proc once: about
/// 5 us a process.
[[nodiscard]] std::vector<pid_t> with_descendants(const std::vector<pid_t>& roots);
[[nodiscard]] std::vector<pid_t> with_descendants(const launcher::ProcessList& roots);

/// The command line that started the process, such as "sleep 1000"; its name in brackets if it has no arguments, as
/// ps(1) shows it.
[[nodiscard]] std::string command_line_of(pid_t process);

/// The processes that have the file mapped, as far as this user may see: "pid 4711 vmtouch -l data". Reads all of
/// /proc.
[[nodiscard]] std::vector<std::string> mappers_of(const std::string& path);

}  // namespace assay::host
