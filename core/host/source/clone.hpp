#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"

namespace assay::host {

/// A repository that borrows the objects of another one, so that making it copies no history. It has the tags of the
/// other (builds call `git describe`), but none of its hooks, templates, remotes or configuration.
class Clone {
 public:
  /// Makes `folder`, which must not exist. \throws Error that names it and the reason.
  Clone(Launcher& launcher, const Repository& repository, const std::string& folder, GitConfiguration configuration);

  /// Checks out the files of a commit into the folder. \throws Error if an object is missing or the disk is full.
  void check_out(const std::string& commit) const;
  /// Applies a patch to the checked-out files. \throws Error if it does not apply.
  void apply(const std::string& patch) const;
  /// Checks out the commits of the submodules too. \throws Error if one cannot be reached.
  void check_out_submodules() const;
  /// The tree of the index, which covers all files after `check_out` and `apply`.
  [[nodiscard]] std::string tree() const;
  /// The tree of a commit with patches, without touching a file in the folder.
  /// \throws Error that names the first patch that does not apply.
  [[nodiscard]] std::string tree_with_patches(const std::string& commit, const std::vector<std::string>& patches) const;

  /// Paths in the folder, in byte order: the files of the commit, and the other ones (build products, ignored or not).
  [[nodiscard]] std::vector<std::string> tracked_files() const;
  [[nodiscard]] std::vector<std::string> other_files() const;
  /// The contents of a tree that is known here, by path: mode, type and object id, as git writes them.
  [[nodiscard]] std::map<std::string, std::string> contents_of(const std::string& tree) const;

  [[nodiscard]] const std::string& folder() const { return git_.folder(); }

 private:
  Git git_;
  std::string origin_;  ///< folder of the repository that lends the objects
};

}  // namespace assay::host
