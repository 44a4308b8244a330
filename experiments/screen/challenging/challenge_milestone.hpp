#pragma once

#include <optional>
#include <string>

#include "core/record/milestone.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/screen/challenging/challenge_options.hpp"
#include "experiments/screen/exit_code.hpp"

namespace assay::screen {

/// The milestone of that name in the lab's milestones.toml; std::nullopt if there is none, or no such file.
/// \throws Error if the file has a mistake.
[[nodiscard]] std::optional<Milestone> milestone_called(const record::Lab& lab, const std::string& name);

/// Shows what will be run, asks, challenges every criterion and prints a table of all of them.
ExitCode challenge_milestone(const record::Lab& lab, const Milestone& milestone,
                             const ChallengeCommandOptions& options);

}  // namespace assay::screen
