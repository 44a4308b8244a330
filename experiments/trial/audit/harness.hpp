#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// The files of an arm's source that measure rather than are measured, absolute and in byte order: they may not be part
/// of the change. Those that match `harness` where the variable has it; else, where there is a build step, the files of
/// the commit that the workload's command names (without one, a script is the program itself). And in any case the
/// files of the commit that hooks and check commands name.
/// \param tracked  paths of the commit's files below the clone's top
/// \throws Error where a pattern matches nothing.
[[nodiscard]] std::vector<std::string> harness_files(const Plan& plan, const ArmSetup& setup,
                                                     const std::set<std::string>& tracked);

/// The files below the clone's top that a command names, absolute; a shell's line is taken apart at blanks and marks.
[[nodiscard]] std::vector<std::string> files_named_by(const Argv& command, const ArmSetup& setup);

}  // namespace assay::trial
