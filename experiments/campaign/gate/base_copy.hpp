#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/host/files/temporary_folder.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/clone.hpp"
#include "core/record/gate.hpp"
#include "experiments/campaign/gate/commit_tree.hpp"

namespace assay::campaign {

/// The commits of a gate, looked up in the repository of a folder.
struct GateCommits {
  host::Repository repository;
  GateRevision base;  ///< its tip, whose rules are in force
  GateRevision change;
  std::string control;  ///< commit at which the change left the base: their newest common ancestor
};
/// \throws Error if there is no repository, a name stands for no commit, or the two have no common history.
[[nodiscard]] GateCommits find_commits(host::Launcher& launcher, const std::string& folder, const std::string& base,
                                       const std::string& change);

/// Two commits, and the way from one to the other.
struct CommitPair {
  std::string from;
  std::string to;
};

/// The base of a gate, checked out in a folder of its own. Everything that judges is read from there, so that nothing
/// in the change, or in the user's working tree, can alter it. It also knows the objects of the change and of control.
class BaseCopy {
 public:
  /// `launcher` and `commits` must outlive it.
  BaseCopy(host::Launcher& launcher, const GateCommits& commits);

  [[nodiscard]] const GateCommits& commits() const { return commits_; }
  /// The folder with the base's files.
  [[nodiscard]] const std::string& folder() const { return clone_.folder(); }
  /// The text of one of the base's files, which may be missing. Links are followed.
  /// \param path  from the top of the repository
  [[nodiscard]] std::optional<std::string> text_of(const std::string& path) const;

  /// The same of the change.
  [[nodiscard]] std::optional<std::string> text_in_change(const std::string& path) const;

  [[nodiscard]] const CommitTree& base_tree() const { return base_tree_; }
  [[nodiscard]] const CommitTree& change_tree() const { return change_tree_; }
  /// Cost: two runs of git.
  [[nodiscard]] CommitTree tree_of(const std::string& commit) const;

  /// The files of the base, the change or control that match some glob, in byte order.
  [[nodiscard]] std::vector<std::string> base_files(const std::vector<std::string>& globs) const;
  [[nodiscard]] std::vector<std::string> change_files(const std::vector<std::string>& globs) const;
  [[nodiscard]] std::vector<std::string> control_files(const std::vector<std::string>& globs) const;
  /// The files that match some glob and differ between two commits.
  [[nodiscard]] std::vector<std::string> differing(const CommitPair& pair, const std::vector<std::string>& globs) const;
  /// What the second commit has, a file or a link, where the first has a folder with files that match some glob.
  [[nodiscard]] std::vector<std::string> in_place_of_folders(const CommitPair& pair,
                                                             const std::vector<std::string>& globs) const;
  /// How one file differs, as a unified diff. What git takes for binary, or attributes hide, is shown as text behind a
  /// line with its sizes. Long lines are cut.
  [[nodiscard]] std::vector<std::string> diff_of(const CommitPair& pair, const std::string& path) const;
  /// The commit-like object without any file, for `CommitPair::from`.
  [[nodiscard]] const std::string& nothing() const { return nothing_; }

  /// Writes a patch that gives a commit the base's versions of these files.
  /// \returns its absolute path, which is equally long for each commit
  [[nodiscard]] std::string write_restoring_patch(const std::string& commit,
                                                  const std::vector<std::string>& paths) const;

 private:
  [[nodiscard]] std::vector<std::string> files_of(const std::string& commit,
                                                  const std::vector<std::string>& globs) const;
  [[nodiscard]] std::optional<std::string> bytes_in(const std::string& commit, const std::string& path) const;

  const GateCommits& commits_;
  host::TemporaryFolder root_;
  host::Clone clone_;
  host::Git git_;
  std::string nothing_;
  CommitTree base_tree_;
  CommitTree change_tree_;
};

}  // namespace assay::campaign
