#pragma once

#include <string>
#include <vector>

#include "core/host/process/process.hpp"

namespace assay::host {

/// A repository of the user. It is only read: working tree, index, references and configuration do not change.
struct Repository {
  std::string folder;         ///< absolute; git runs in it
  std::string top;            ///< top of its working tree; empty for a bare repository
  std::string common_folder;  ///< .git, shared by all working trees
  std::string object_format;  ///< "sha1", "sha256"
};

/// The repository that contains `folder`. \throws Error if there is no repository, no such folder, or no git.
[[nodiscard]] Repository find_repository(Launcher& launcher, const std::string& folder);

struct ResolvedRevision {
  std::string commit;  ///< object id
  std::string tree;    ///< object id
};

/// The commit that a branch, tag or commit name refers to at this moment.
/// \throws Error that names the revision and the repository if it does not refer to a commit.
[[nodiscard]] ResolvedRevision resolve_revision(Launcher& launcher, const Repository& repository,
                                                const std::string& revision);

/// The tree of a commit with patches. Nothing is written to the repository.
/// \param patches  absolute paths of files in the format of git diff, applied in this order; the names in them are
/// relative to the top of the repository
/// \throws Error that names the first patch that does not apply, and where it fails.
[[nodiscard]] std::string tree_with_patches(Launcher& launcher, const Repository& repository, const std::string& commit,
                                            const std::vector<std::string>& patches);
/// Whether the commit has all of these patches already.
[[nodiscard]] bool holds_patches(Launcher& launcher, const Repository& repository, const std::string& commit,
                                 const std::vector<std::string>& patches);

/// Whether tracked files in the working tree have changes that no commit has; false for a bare repository.
/// \param passed_over  files and folders, from the top, that do not count
[[nodiscard]] bool has_uncommitted_changes(Launcher& launcher, const Repository& repository,
                                           const std::vector<std::string>& passed_over = {});

}  // namespace assay::host
