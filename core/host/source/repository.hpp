#pragma once

#include <string>

#include "core/host/process.hpp"

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

/// The tree of a commit with a patch on it. Nothing is written to the repository.
/// \param patch  absolute path of a file as git diff writes it; its names start at the repository's top
/// \throws Error where the patch does not apply; it says where.
[[nodiscard]] std::string tree_with_patch(Launcher& launcher, const Repository& repository, const std::string& commit,
                                          const std::string& patch);

/// Whether the working tree has changes to tracked files that no commit holds; false for a bare one.
[[nodiscard]] bool has_uncommitted_changes(Launcher& launcher, const Repository& repository);

}  // namespace assay::host
