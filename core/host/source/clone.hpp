#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"

namespace assay::host {

/// A repository of its own that borrows the objects of another: making it copies no history. It has the other's tags
/// (builds ask `git describe`), none of its hooks, templates, remotes or configuration.
class Clone {
 public:
  /// Makes `folder`, which must not exist. \throws Error that names it and why.
  Clone(Launcher& launcher, const Repository& repository, const std::string& folder, GitConfiguration configuration);

  /// Puts the files of a commit into the folder. \throws Error where an object is missing or the disk is full.
  void check_out(const std::string& commit) const;
  /// Puts a patch on what was checked out. \throws Error where it does not apply.
  void apply(const std::string& patch) const;
  /// Checks the submodules' commits out too. \throws Error where one cannot be reached.
  void check_out_submodules() const;
  /// Of what stands in the index: after `check_out` and `apply`, of all files.
  [[nodiscard]] std::string tree() const;
  /// The same of a commit with patches on it, without any file in the folder.
  /// \throws Error that names the first patch that does not apply.
  [[nodiscard]] std::string tree_with_patches(const std::string& commit, const std::vector<std::string>& patches) const;

  /// Paths in the folder, in byte order: what the commit holds, and what it does not (build products, ignored or not).
  [[nodiscard]] std::vector<std::string> tracked_files() const;
  [[nodiscard]] std::vector<std::string> other_files() const;
  /// What a tree that is known here holds, by path: mode, type and object id, as git writes them.
  [[nodiscard]] std::map<std::string, std::string> contents_of(const std::string& tree) const;

  [[nodiscard]] const std::string& folder() const { return git_.folder(); }

 private:
  Git git_;
  std::string origin_;  ///< folder of the repository that it borrows from
};

}  // namespace assay::host
