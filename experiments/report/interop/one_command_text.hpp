#pragma once

#include <string>

#include "core/result/result.hpp"
#include "experiments/interop/one_command.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// What one command takes, and what a comparison with another one would need here.
/// \param result  of the comparison with itself
[[nodiscard]] std::string one_command_text(const interop::CommandFigures& figures, const AttemptResult& result,
                                           const TextStyle& style);

}  // namespace assay::report
