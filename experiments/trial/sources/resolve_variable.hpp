#pragma once

#include <string>

#include "core/host/process/process.hpp"
#include "core/variable.hpp"

namespace assay::trial {

/// Looks up what the names in a variable stand for at this moment: commits and trees of revisions, patches put on
/// theirs, digests of files. Variables of other kinds stay as they are. Nothing of the user's is written.
/// \param folder  absolute; where relative paths start
/// \throws Error where a name stands for nothing, or a patch does not apply.
[[nodiscard]] Variable resolved(Variable variable, const std::string& folder, host::Launcher& launcher);

/// \throws Error where a resolved variable's levels are the same after all: two names of one commit, two commits of one
/// tree, two files with one content.
void refuse_equal_levels(const Variable& variable);

/// Absolute: the repository that the variable's revisions are of, or a folder in it.
[[nodiscard]] std::string repository_folder(const Variable& variable, const std::string& folder);

}  // namespace assay::trial
