#pragma once

#include <map>
#include <string>

namespace assay::host {

/// This process's own environment variables; of a name that stands twice the first.
[[nodiscard]] std::map<std::string, std::string> caller_environment();

}  // namespace assay::host
