#include "experiments/campaign/gate/base_copy.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"
#include "core/text/utf8.hpp"
#include "core/variable.hpp"

namespace assay::campaign {
namespace {

constexpr const char* kFolderPrefix = "assay-gate-";
/// The mode that git's trees give a symbolic link.
constexpr std::string_view kLinkMode = "120000 ";
/// In bytes. Binary files have lines of any length.
constexpr std::size_t kLongestDiffLine = 400;
/// In bytes. Nobody reads the diff of a larger file that is not text.
constexpr std::size_t kLargestBinary = std::size_t{1} << 20;

bool is_binary(const std::optional<std::string>& bytes) {
  return bytes && bytes->find('\0') != std::string::npos;
}

bool is_large(const std::optional<std::string>& bytes) {
  return bytes && bytes->size() > kLargestBinary;
}

std::string size_text(const std::optional<std::string>& bytes) {
  return bytes ? fmt::format("{} bytes (SHA-256 {})", bytes->size(), host::sha256(*bytes)) : "no file";
}

/// Takes the next object from the front of what `git cat-file --batch` printed: "OBJECT blob SIZE", a line break, its
/// bytes, and a line break.
std::string next_object(std::string_view& answers) {
  const std::size_t begin = answers.find('\n') + 1;
  std::size_t size = 0;
  std::from_chars(answers.data() + answers.substr(0, begin).rfind(' ') + 1, answers.data() + begin, size);
  std::string bytes(answers.substr(begin, size));
  answers.remove_prefix(std::min(begin + size + 1, answers.size()));
  return bytes;
}

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
  nothing_ = git_.output_of({"hash-object", "-t", "tree", "/dev/null"});
  base_tree_ = tree_of(commits.base.commit);
  change_tree_ = tree_of(commits.change.commit);
}

std::optional<std::string> BaseCopy::text_of(const std::string& path) const {
  const FollowedPath place = base_tree_.followed(path);
  const bool is_there = base_tree_.has_file(path) || base_tree_.has_folder(path) ||
                        (!place.is_outside && base_tree_.has_file(place.path));
  if (!is_there) return std::nullopt;
  return host::read_file(folder() + "/" + path);
}

std::optional<std::string> BaseCopy::text_in_change(const std::string& path) const {
  const FollowedPath place = change_tree_.followed(path);
  return place.is_outside ? std::nullopt : bytes_in(commits_.change.commit, place.path);
}

std::optional<std::string> BaseCopy::bytes_in(const std::string& commit, const std::string& path) const {
  const std::string object = commit + ":" + path;
  std::optional<std::string> bytes = git_.try_run({"cat-file", "blob", object});
  // A line break at the end of the output is taken away, whosever it is.
  if (bytes && git_.output_of({"cat-file", "-s", object}) != std::to_string(bytes->size())) *bytes += '\n';
  return bytes;
}

CommitTree BaseCopy::tree_of(const std::string& commit) const {
  std::vector<std::string> files;
  std::vector<std::string> links;
  std::string objects;
  for (const std::string& entry : git_.names({"ls-tree", "-r", "-z", "--full-tree", commit})) {
    const std::size_t tab = entry.find('\t');  // "120000 blob OBJECT<tab>PATH"
    files.push_back(entry.substr(tab + 1));
    if (!entry.starts_with(kLinkMode)) continue;
    links.push_back(files.back());
    objects += entry.substr(entry.rfind(' ', tab) + 1, tab - entry.rfind(' ', tab) - 1) + '\n';
  }
  std::sort(files.begin(), files.end());
  std::map<std::string, std::string> targets;
  if (links.empty()) return {std::move(files), std::move(targets)};
  const std::string output = git_.answer_to(objects, {"cat-file", "--batch"});
  std::string_view answers = output;
  for (std::string& link : links) targets.emplace(std::move(link), next_object(answers));
  return {std::move(files), std::move(targets)};
}

std::vector<std::string> BaseCopy::files_of(const std::string& commit, const std::vector<std::string>& globs) const {
  if (globs.empty()) return {};
  return git_.names(with_pathspecs({"diff-tree", "-r", "-z", "--name-only", "--no-renames", nothing_, commit}, globs));
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
  std::vector<std::string> lines;
  const std::optional<std::string> before = bytes_in(pair.from, path);
  const std::optional<std::string> after = bytes_in(pair.to, path);
  if (is_binary(before) || is_binary(after)) {
    lines.push_back(fmt::format("binary: {} before, {} after", size_text(before), size_text(after)));
    if (is_large(before) || is_large(after)) return lines;
  }
  const std::string text =
      git_.output_of(with_paths({"diff-tree", "-r", "-p", "--text", "--no-renames", "--no-ext-diff", "--no-textconv",
                                 "--no-color", pair.from, pair.to},
                                {path}));
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(shortened(std::string_view(text).substr(begin, end - begin), kLongestDiffLine));
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
