#pragma once

#include <string>
#include <vector>

namespace assay::console {

/// The words of a command line, without the program's and the command's name.
using Arguments = std::vector<std::string>;

}  // namespace assay::console
