#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/variable.hpp"
#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// Whether the attempt's figures rest on the block: it is not void, and did not run only beside others after its cell
/// was decided.
[[nodiscard]] bool counts(const AttemptView& attempt, const Block& block);

/// The measured trials of one arm of one cell in the order in which they ran, with one figure of each trial in each
/// list. Only blocks that count are in it.
struct ArmTrials {
  std::vector<double> wall;  ///< seconds
  std::vector<double> user;
  std::vector<double> system;
  std::vector<std::int64_t> memory;            ///< bytes
  std::vector<std::optional<int>> exit_codes;  ///< empty for one that the trial does not say
  int failed = 0;                              ///< trials with any other outcome
};

/// Whether the plan's values were measured elsewhere, since there is nothing that assay could have run.
[[nodiscard]] bool is_measured_elsewhere(const Plan& plan, const Cell& cell);

/// Values that were measured elsewhere are the wall times.
[[nodiscard]] ArmTrials arm_trials(const AttemptView& attempt, std::size_t cell, ArmIndex arm);

/// The measured trials of all arms of a cell together, for a command that was measured against itself.
[[nodiscard]] ArmTrials trials_of_all_arms(const AttemptView& attempt, std::size_t cell);

/// The values of one of the plan's metrics in the arm's measured trials.
[[nodiscard]] std::vector<double> metric_values(const AttemptView& attempt, std::size_t cell, ArmIndex arm,
                                                std::size_t metric);

/// One arm of one cell.
struct ArmOfCell {
  std::size_t cell = 0;
  ArmIndex arm = kControl;
};

/// All of them: cell by cell, control first.
[[nodiscard]] std::vector<ArmOfCell> arms_of(const Plan& plan);

/// What its command is called: the command itself or, if the values were measured elsewhere, the level's label.
[[nodiscard]] std::string command_of(const Plan& plan, const ArmOfCell& arm);

/// "control/work (warm)": names arm and cell, for files that know only names.
[[nodiscard]] std::string arm_and_cell(const Plan& plan, const ArmOfCell& arm);

[[nodiscard]] double in_seconds(nanoseconds duration);

/// Whole nanoseconds if that is what the seconds were made of: 0.03158604 s are 31586040 ns and not 31586040.000000004.
[[nodiscard]] double in_nanoseconds(double seconds);

}  // namespace assay::interop
