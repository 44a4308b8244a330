#pragma once

#include <string>
#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// A repository of the user's. It is read alone: working tree, index, references and configuration stay as they are.
struct Repository {
  std::string folder;         ///< absolute; git is run here
  std::string top;            ///< of its working tree; empty for a bare one
  std::string common_folder;  ///< .git, shared by all working trees
  std::string object_format;  ///< "sha1", "sha256"
};

/// The repository that `folder` lies in. \throws Error where there is none, or no such folder, or no git.
[[nodiscard]] Repository find_repository(Launcher& launcher, const std::string& folder);

struct ResolvedRevision {
  std::string commit;  ///< object id
  std::string tree;    ///< object id
};

/// What a branch, tag or commit stands for at this moment.
/// \throws Error that names the revision and the repository where it stands for no commit.
[[nodiscard]] ResolvedRevision resolve_revision(Launcher& launcher, const Repository& repository,
                                                const std::string& revision);

/// The tree of a commit with patches on it. Nothing is written to the repository.
/// \param patches  absolute paths of files as git diff writes them, put on in this order; their names start at the
///                 repository's top
/// \throws Error that names the first patch that does not apply, and says where.
[[nodiscard]] std::string tree_with_patches(Launcher& launcher, const Repository& repository, const std::string& commit,
                                            const std::vector<std::string>& patches);

/// Whether the working tree has changes to tracked files that no commit holds; false for a bare one.
[[nodiscard]] bool has_uncommitted_changes(Launcher& launcher, const Repository& repository);

}  // namespace assay::host
