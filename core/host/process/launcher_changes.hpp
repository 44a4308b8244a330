#pragma once

#include <string>
#include <vector>

#include "core/host/launcher/protocol.hpp"

namespace assay::host {

/// The names of what was altered in the launcher and has been restored, such as "niceness".
/// \throws Error (invalid) if something could not be restored, since later children would inherit it.
[[nodiscard]] std::vector<std::string> launcher_changes(const launcher::Report& report);

}  // namespace assay::host
