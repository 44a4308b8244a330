#pragma once

#include <map>
#include <string>

namespace assay::host {

/// The limits of this process, which every trial inherits: "CPUs" as "0-3,8"; kernel limits such as "open files" and
/// "stack" as "soft 1024, hard 4096"; and "nice".
[[nodiscard]] std::map<std::string, std::string> process_limits();

}  // namespace assay::host
