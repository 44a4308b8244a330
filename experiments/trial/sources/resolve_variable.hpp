#pragma once

#include <string>

#include "core/host/process/process.hpp"
#include "core/variable.hpp"

namespace assay::trial {

/// Looks up what the names in a variable stand for at this moment: the commits and trees of revisions, with patches
/// applied to them, and the digests of files. Variables of other kinds stay as they are. The user's files are only
/// read.
///
/// \param folder  absolute: the folder that relative paths start from
/// \throws Error if a name stands for nothing, or a patch does not apply.
[[nodiscard]] Variable resolved(Variable variable, const std::string& folder, host::Launcher& launcher);

/// \throws Error if two levels of a resolved variable are the same after all: two names of one commit, two commits of
/// one tree, two files with one content.
void refuse_equal_levels(const Variable& variable);

/// The absolute path of the repository that has the variable's revisions, or of a folder in it.
[[nodiscard]] std::string repository_folder(const Variable& variable, const std::string& folder);

}  // namespace assay::trial
