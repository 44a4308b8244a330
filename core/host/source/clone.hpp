#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"

namespace assay::host {

/// A working tree and its index, both absolute.
struct WorkingTree {
  std::string top;
  std::string index;
  std::vector<std::string> passed_over = {};  ///< files and folders, from the top, whose differences do not count
};

/// What a checkout leaves out of a commit.
struct CheckoutGap {
  enum class Kind {
    submodules,       ///< commits of other repositories, whose files are not there
    stored_contents,  ///< files as the repository stores them (pointers of LFS, say), since no filter was run
  };
  Kind kind = Kind::submodules;
  std::string filter;  ///< name of the filter; empty for submodules
  std::vector<std::string> paths;
};

/// The difference between two trees that are known in a clone.
struct TreeChange {
  std::string from;
  std::string to;
};
enum class Applied { forward, in_reverse };

/// A repository that borrows the objects of another one, so that making it copies no history. It has the tags of the
/// other (builds call `git describe`), but none of its hooks, templates, remotes or configuration. Only if the other is
/// a partial clone does this one know its remote, since objects may have to be fetched from there.
class Clone {
 public:
  /// Makes `folder`, which must not exist. \throws Error that names it and the reason.
  Clone(Launcher& launcher, const Repository& repository, const std::string& folder, GitConfiguration configuration);

  /// Checks out the files of a commit into the folder. \throws Error if an object is missing or the disk is full.
  void check_out(const std::string& commit) const;
  /// Applies a patch to the checked-out files. \throws Error if it does not apply.
  void apply(const std::string& patch) const;
  /// Checks out the commits of the submodules too, from what the other repository has of them where it has them.
  /// \throws Error if one cannot be reached.
  void check_out_submodules() const;
  /// The tree of the index, which covers all files after `check_out` and `apply`.
  [[nodiscard]] std::string tree() const;
  /// The tree of a commit, fetched if it is not there. \throws Error if it cannot be had.
  [[nodiscard]] std::string tree_of(const std::string& commit) const;
  /// The tree of a commit with patches, without touching a file in the folder.
  /// \throws Error that names the first patch that does not apply.
  [[nodiscard]] std::string tree_with_patches(const std::string& commit, const std::vector<std::string>& patches) const;

  /// Whether a commit has all of these patches already: they apply in reverse, the last one first.
  [[nodiscard]] bool holds(const std::string& commit, const std::vector<std::string>& patches) const;

  /// Whether a change applies to a commit cleanly, as `git apply --check` finds. Nothing is written to the folder's
  /// files. \throws Error if an object is missing, or the trees are the same.
  [[nodiscard]] bool applies(const TreeChange& change, const std::string& commit, Applied direction) const;

  /// What the folder lacks of the commit after `check_out` and `check_out_submodules`.
  [[nodiscard]] std::vector<CheckoutGap> gaps() const;
  /// Whether a working tree differs from a commit in tracked files. The configuration in force is that of this clone,
  /// so that no program runs which that of the working tree names. \returns std::nullopt if git cannot tell.
  [[nodiscard]] std::optional<bool> differs(const WorkingTree& tree, const std::string& commit) const;

  /// Paths in the folder, in byte order: the files of the commit, and the other ones (build products, ignored or not).
  [[nodiscard]] std::vector<std::string> tracked_files() const;
  [[nodiscard]] std::vector<std::string> other_files() const;
  /// The contents of a tree that is known here, by path: mode, type and object id, as git writes them.
  [[nodiscard]] std::map<std::string, std::string> contents_of(const std::string& tree) const;

  [[nodiscard]] const std::string& folder() const { return git_.folder(); }

 private:
  void take_submodules_at_hand() const;
  /// The files whose attributes name a filter that is not defined, by the filter's name.
  [[nodiscard]] std::map<std::string, std::vector<std::string>> unfiltered_files() const;

  Git git_;
  Repository origin_;  ///< lends the objects
};

}  // namespace assay::host
