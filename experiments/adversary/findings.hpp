#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan.hpp"
#include "core/record/challenge_entry.hpp"

namespace assay::adversary {

/// Whether the file with this path, from the top of the repository, is an experiment file.
using IsExperimentFile = std::function<bool(const std::string& path)>;

/// The edits in a change that touch what judges the trials: tests, assertions, skips, tolerances, timeouts, retries,
/// files of the test harness and of CI, and experiment files. None of them is a fault by itself; somebody has to look
/// at each. \param diff  in the format of `git diff`, with any number of context lines
[[nodiscard]] std::vector<ReviewFinding> findings_in(std::string_view diff, const IsExperimentFile& is_experiment);

/// The findings in the change from control to treatment. \param folder  absolute: the experiment's
/// \throws Error as `change_of` does.
[[nodiscard]] std::vector<ReviewFinding> findings_of(const Plan& plan, const std::string& folder);

/// The change from control to treatment as `git diff` writes it: between two revisions of the repository that holds the
/// folder, and the patches of treatment. Empty if the plan's arms are made of one source.
/// \param folder  absolute: the experiment's \throws Error if a commit or a patch is not there.
[[nodiscard]] std::string change_of(const Plan& plan, const std::string& folder);

}  // namespace assay::adversary
