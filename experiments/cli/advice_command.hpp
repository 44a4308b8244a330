#pragma once

#include <string>

#include "core/plan.hpp"
#include "core/result.hpp"
#include "experiments/cli/command.hpp"

namespace assay::cli {

/// The command that would settle an inconclusive result: the same command with the cap, and the time, that the advice
/// names. Empty if there is no advice, or if it asks for more blocks than a command accepts.
/// \param words  of the command that was run: {"compare", ...}.
[[nodiscard]] std::string advice_command(const Arguments& words, const Plan& plan, const AttemptResult& result);

}  // namespace assay::cli
