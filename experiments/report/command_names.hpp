#pragma once

#include <string>

#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::report {

/// The result with arms that are commands or revisions called by those, if the user gave them no name and they are
/// short enough for a sentence. Nothing is changed if some of them are too long or the same.
[[nodiscard]] AttemptResult named_by_commands(AttemptResult result, const Plan& plan);

/// A line for each arm with its command, for arms whose commands are too long to be called by; empty if they need none.
[[nodiscard]] std::string long_commands(const Plan& plan);

/// Whether the arms of a plan are one and the same, so that any difference is one of the machine.
[[nodiscard]] bool compares_with_itself(const Plan& plan);

}  // namespace assay::report
