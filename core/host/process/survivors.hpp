#pragma once

#include <vector>

#include "core/host/process/launcher_process.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// The launcher's strangers and what they started, by name.
[[nodiscard]] std::vector<Survivor> name_strangers(const launcher::ProcessList& strangers);

/// Ends every stranger that the launcher reported and all it started: SIGTERM, half a second, SIGKILL, until none is
/// left; what they used is added to the report. Returns whom it met. Cost: nothing where there is no stranger.
/// \throws Error when one outlives SIGKILL by ten seconds.
std::vector<Survivor> end_strangers(LauncherProcess& launcher);

}  // namespace assay::host
