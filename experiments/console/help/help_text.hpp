#pragma once

#include <string>

#include "experiments/console/help/command_description.hpp"

namespace assay::console {

/// Usage, options with units and defaults, exit codes, examples; ends with a newline.
[[nodiscard]] std::string help_text(const CommandDescription& command, int width = 80);

/// The help of an option with its default: "cap of blocks (default 60)".
[[nodiscard]] std::string help_with_default(const OptionDescription& option);

}  // namespace assay::console
