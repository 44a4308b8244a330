#include "experiments/campaign/gate/base_copy.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/host/files/files.hpp"
#include "core/host/source/repository.hpp"

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

}  // namespace

GateCommits find_commits(host::Launcher& launcher, const std::string& folder, const std::string& base,
                         const std::string& change) {
  GateCommits commits;
  commits.repository = host::find_repository(launcher, folder);
  const host::ResolvedRevision found = host::resolve_revision(launcher, commits.repository, base);
  commits.base = {base, found.commit};
  commits.base_tree = found.tree;
  commits.change = {change, host::resolve_revision(launcher, commits.repository, change).commit};
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

std::vector<std::string> BaseCopy::differing(const std::vector<std::string>& globs) const {
  if (globs.empty()) return {};
  return git_.names(with_pathspecs(
      {"diff-tree", "-r", "-z", "--name-only", "--no-renames", commits_.base.commit, commits_.change.commit}, globs));
}

std::vector<std::string> BaseCopy::in_place_of_folders(const std::vector<std::string>& globs) const {
  std::set<std::string> folders;
  for (const std::string& file : base_files(globs)) {
    for (auto folder = std::filesystem::path(file).parent_path(); !folder.empty(); folder = folder.parent_path()) {
      folders.insert(folder.string());
    }
  }
  std::vector<std::string> paths = differing({"**"});
  std::erase_if(paths, [&folders](const std::string& path) { return !folders.contains(path); });
  return paths;
}

std::vector<std::string> BaseCopy::diff_of(const std::string& path) const {
  const std::string text =
      git_.output_of(with_paths({"diff-tree", "-r", "-p", "--no-renames", "--no-ext-diff", "--no-textconv",
                                 "--no-color", commits_.base.commit, commits_.change.commit},
                                {path}));
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string BaseCopy::write_restoring_patch(const std::vector<std::string>& paths) const {
  const std::string patch =
      git_.output_of(with_paths({"diff-tree", "-r", "-p", "--binary", "--full-index", "--no-renames", "--no-ext-diff",
                                 "--no-textconv", "--no-color", commits_.change.commit, commits_.base.commit},
                                paths));
  const std::string file = root_.path() + "/judges-of-base.patch";
  host::write_file_atomically(file, patch + "\n");
  return file;
}

}  // namespace assay::campaign
