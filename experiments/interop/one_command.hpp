#pragma once

#include <optional>
#include <string>

#include "core/result/effect.hpp"
#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// What one command took, over the trials of both arms of a comparison with itself. Times in seconds.
struct CommandFigures {
  std::string command;
  ArmSummary wall;
  double user = 0;                     ///< mean
  double system = 0;                   ///< mean
  std::optional<double> percent_seen;  ///< the smallest difference that as many blocks show
  std::optional<int> blocks_needed;    ///< to show a difference of the margin
};
[[nodiscard]] CommandFigures command_figures(const AttemptView& attempt);

}  // namespace assay::interop
