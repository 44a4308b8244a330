#include "experiments/campaign/gate/base_copy.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"
#include "core/variable.hpp"

namespace assay::campaign {
namespace {

constexpr const char* kFolderPrefix = "assay-gate-";

/// Globs as git takes them: from the top of the repository, `*` within a name, `**` over folders.
Argv with_pathspecs(Argv words, const std::vector<std::string>& globs) {
  words.emplace_back("--");
  for (const std::string& glob : globs) words.push_back(":(top,glob)" + glob);
  return words;
}

Argv with_paths(Argv words, const std::vector<std::string>& paths) {
  words.emplace_back("--");
  for (const std::string& path : paths) words.push_back(":(top,literal)" + path);
  return words;
}

/// The folder's path under which the clone is made; remove_abandoned_folders may have left one behind.
host::TemporaryFolder gate_folder() {
  const std::string parent = host::temporary_parent();
  host::remove_abandoned_folders(parent, kFolderPrefix);
  return {parent, kFolderPrefix};
}

/// The commit at which the change left the base. Had the base's tip been taken, what others did to it meanwhile would
/// count for or against the change.
std::string common_ancestor(const host::Git& git, const GateCommits& commits) {
  if (const auto found = git.try_run({"merge-base", commits.base.commit, commits.change.commit})) return *found;
  const bool is_shallow = git.try_run({"rev-parse", "--is-shallow-repository"}) == "true";
  throw Error(fmt::format(
      "{} ({}) and {} ({}) have no common history here, so nothing tells what the change changed: {}",
      commits.base.name, short_object_id(commits.base.commit), commits.change.name,
      short_object_id(commits.change.commit),
      is_shallow ? "the clone is shallow: get its history with: git fetch --unshallow, or in a workflow with "
                   "fetch-depth: 0"
                 : "name the base that it was branched off"));
}

}  // namespace

GateCommits find_commits(host::Launcher& launcher, const std::string& folder, const std::string& base,
                         const std::string& change) {
  GateCommits commits;
  commits.repository = host::find_repository(launcher, folder);
  commits.base = {base, host::resolve_revision(launcher, commits.repository, base).commit};
  commits.change = {change, host::resolve_revision(launcher, commits.repository, change).commit};
  commits.control = common_ancestor(host::Git(launcher, commits.repository.folder), commits);
  return commits;
}

BaseCopy::BaseCopy(host::Launcher& launcher, const GateCommits& commits)
    : commits_(commits),
      root_(gate_folder()),
      clone_(launcher, commits.repository, root_.path() + "/base", host::GitConfiguration::none),
      git_(launcher, clone_.folder(), host::GitConfiguration::none, host::Fetching::allowed) {
  clone_.check_out(commits.base.commit);
}

std::optional<std::string> BaseCopy::text_of(const std::string& path) const {
  if (!git_.try_run({"cat-file", "-e", commits_.base.commit + ":" + path})) return std::nullopt;
  return host::read_file(folder() + "/" + path);
}

std::optional<std::string> BaseCopy::text_in_change(const std::string& path) const {
  return git_.try_run({"cat-file", "blob", commits_.change.commit + ":" + path});
}

std::vector<std::string> BaseCopy::files_of(const std::string& commit, const std::vector<std::string>& globs) const {
  if (globs.empty()) return {};
  const std::string nothing = git_.output_of({"hash-object", "-t", "tree", "/dev/null"});
  return git_.names(with_pathspecs({"diff-tree", "-r", "-z", "--name-only", "--no-renames", nothing, commit}, globs));
}

std::vector<std::string> BaseCopy::base_files(const std::vector<std::string>& globs) const {
  return files_of(commits_.base.commit, globs);
}

std::vector<std::string> BaseCopy::change_files(const std::vector<std::string>& globs) const {
  return files_of(commits_.change.commit, globs);
}

std::vector<std::string> BaseCopy::control_files(const std::vector<std::string>& globs) const {
  return files_of(commits_.control, globs);
}

std::vector<std::string> BaseCopy::differing(const CommitPair& pair, const std::vector<std::string>& globs) const {
  if (globs.empty()) return {};
  return git_.names(
      with_pathspecs({"diff-tree", "-r", "-z", "--name-only", "--no-renames", pair.from, pair.to}, globs));
}

std::vector<std::string> BaseCopy::in_place_of_folders(const CommitPair& pair,
                                                       const std::vector<std::string>& globs) const {
  std::set<std::string> folders;
  for (const std::string& file : files_of(pair.from, globs)) {
    for (auto folder = std::filesystem::path(file).parent_path(); !folder.empty(); folder = folder.parent_path()) {
      folders.insert(folder.string());
    }
  }
  std::vector<std::string> paths = differing(pair, {"**"});
  std::erase_if(paths, [&folders](const std::string& path) { return !folders.contains(path); });
  return paths;
}

std::vector<std::string> BaseCopy::diff_of(const CommitPair& pair, const std::string& path) const {
  const std::string text = git_.output_of(with_paths(
      {"diff-tree", "-r", "-p", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color", pair.from, pair.to},
      {path}));
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string BaseCopy::write_restoring_patch(const std::string& commit, const std::vector<std::string>& paths) const {
  const std::string patch =
      git_.output_of(with_paths({"diff-tree", "-r", "-p", "--binary", "--full-index", "--no-renames", "--no-ext-diff",
                                 "--no-textconv", "--no-color", commit, commits_.base.commit},
                                paths));
  const std::string file = root_.path() + "/judges-of-base-for-" + commit + ".patch";
  host::write_file_atomically(file, patch + "\n");
  return file;
}

}  // namespace assay::campaign
