#pragma once

#include <string_view>

#include "experiments/cli/command.hpp"

namespace assay::cli {

/// What an exit code means, in a few words: for --help and docs/cli.md.
[[nodiscard]] std::string_view describe(ExitCode code);

}  // namespace assay::cli
