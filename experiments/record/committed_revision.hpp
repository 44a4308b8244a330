#pragma once

#include <string>

namespace assay::record {

/// The state of the repository that holds a folder.
struct CommittedRevision {
  std::string commit;              ///< that HEAD refers to; empty if there is no repository or no commit
  bool has_other_changes = false;  ///< tracked files differ from it; what assay renders and records does not count
};
/// Never fails: a folder without a repository, and a machine without git, have no commit. Cost: some processes of git,
/// one of which looks at the time of every tracked file.
[[nodiscard]] CommittedRevision committed_revision(const std::string& folder);

/// The commit that a revision names in the repository of the folder.
/// \throws Error that names the revision and the repository.
[[nodiscard]] std::string resolved_revision(const std::string& folder, const std::string& revision);

}  // namespace assay::record
