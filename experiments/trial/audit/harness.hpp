#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// The files of an arm's source that measure rather than are measured, as absolute paths in byte order. They may not be
/// part of the change. They are the files that match the variable's `harness` and, if there is a build step,
/// the files of the commit that the workload's command names; without a build step a script is the
/// program itself. The files of the commit that hooks and check commands name are always among them.
/// \param tracked  the paths of the commit's files below the clone's top
/// \throws Error if a pattern matches nothing.
[[nodiscard]] std::vector<std::string> harness_files(const Plan& plan, const ArmSetup& setup,
                                                     const std::set<std::string>& tracked);

/// The files below the clone's top that a command names, as absolute paths. A line for the shell is split at blanks and
/// operators.
[[nodiscard]] std::vector<std::string> files_named_by(const Argv& command, const ArmSetup& setup);

}  // namespace assay::trial
