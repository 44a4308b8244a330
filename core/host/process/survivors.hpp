#pragma once

#include <vector>

#include "core/host/process/launcher_process.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// The strangers that the launcher reported and their descendants, with their command lines.
[[nodiscard]] std::vector<Survivor> name_strangers(const launcher::ProcessList& strangers);

/// Ends every stranger that the launcher reported and all its descendants: SIGTERM, half a second, SIGKILL, until none
/// is left. Their usage is added to the report. Returns the processes it found. Costs nothing if there are no
/// strangers.
/// \throws Error if one survives SIGKILL by ten seconds.
std::vector<Survivor> end_strangers(LauncherProcess& launcher);

}  // namespace assay::host
