#pragma once

#include <map>
#include <string>

namespace assay::host {

/// What this process may use and hands on to every trial: "CPUs" as "0-3,8", and limits of the kernel such as
/// "open files" and "stack", as "soft 1024, hard 4096"; "nice".
[[nodiscard]] std::map<std::string, std::string> process_limits();

}  // namespace assay::host
