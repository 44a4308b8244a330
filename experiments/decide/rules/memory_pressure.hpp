#pragma once

#include <span>

#include "core/block.hpp"
#include "core/result/diagnostic.hpp"

namespace assay::decide {

/// How many trials of the arm met memory pressure: a process was killed because memory ran out, pages went to swap or
/// came from there, or every process waited for memory during at least 1 % of the trial. Swap, waiting and kills of
/// other processes are known of the whole machine only.
[[nodiscard]] int pressed_trials(std::span<const Block> blocks, ArmIndex arm);

/// Reports them for control and this treatment.
[[nodiscard]] Diagnostic memory_pressure_diagnostic(std::span<const Block> blocks, ArmIndex treatment);

/// True if treatment lost a process of its own because memory ran out and control never did, or if treatment's trials
/// met pressure in more blocks than control's (see `is_more_often`). Every experiment has this guard.
[[nodiscard]] bool treatment_runs_out_of_memory(std::span<const Block> blocks, ArmIndex treatment);

}  // namespace assay::decide
