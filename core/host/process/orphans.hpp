#pragma once

#include <string>

namespace assay::host {

/// Kills what a session that was killed together with its launcher left running: this user's processes whose variable
/// ASSAY_ARM_DIR names a folder in `session_folder`, and their descendants. Reads all of /proc.
void end_orphans_of(const std::string& session_folder);

}  // namespace assay::host
