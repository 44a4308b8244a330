#pragma once

#include <string>

#include "core/plan.hpp"
#include "core/result.hpp"
#include "experiments/cli/command.hpp"

namespace assay::cli {

/// The command that would settle an inconclusive result: the same with the cap, and the time, that its advice names.
/// `words` are the command's own: {"compare", ...}. Empty where there is no advice.
[[nodiscard]] std::string advice_command(const Arguments& words, const Plan& plan, const AttemptResult& result);

}  // namespace assay::cli
