#include "core/host/source/repository.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/source/clone.hpp"
#include "core/host/source/git.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// The output has two lines.
std::pair<std::string, std::string> lines_of(const std::string& output) {
  const std::size_t end = output.find('\n');
  if (end == std::string::npos) return {output, ""};
  return {output.substr(0, end), output.substr(end + 1)};
}

std::string shallow_hint(const Repository& repository) {
  std::error_code ignored;
  if (!fs::exists(repository.common_folder + "/shallow", ignored)) return "";
  return "; the clone is shallow: get its history with: git fetch --unshallow, or in a workflow with fetch-depth: 0";
}

}  // namespace

Repository find_repository(Launcher& launcher, const std::string& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) throw Error(fmt::format("repository {}: no such folder", folder));
  const Git git(launcher, folder);
  const auto found = git.try_run({"rev-parse", "--path-format=absolute", "--git-common-dir", "--show-object-format"});
  if (!found) {
    throw Error(
        fmt::format("{} lies in no git repository: name one in repository, or make it one with: git init", folder));
  }
  const auto [common_folder, object_format] = lines_of(*found);
  return {folder, git.try_run({"rev-parse", "--path-format=absolute", "--show-toplevel"}).value_or(""), common_folder,
          object_format};
}

ResolvedRevision resolve_revision(Launcher& launcher, const Repository& repository, const std::string& revision) {
  const Git git(launcher, repository.folder);
  const auto commit = git.try_run({"rev-parse", "--verify", "--quiet", revision + "^{commit}"});
  if (!commit) {
    throw Error(fmt::format("\"{}\" is no commit of {}: expected a branch, tag or commit that git log shows{}",
                            revision, repository.folder, shallow_hint(repository)));
  }
  const Argv tree_of_commit = {"rev-parse", "--verify", "--quiet", *commit + "^{tree}"};
  if (const auto tree = git.try_run(tree_of_commit)) return {*commit, *tree};
  const TemporaryFolder scratch(temporary_parent(), "assay-");  // of a partial clone without trees
  const Clone clone(launcher, repository, scratch.path() + "/clone", GitConfiguration::none);
  return {*commit, clone.tree_of(*commit)};
}

std::string tree_with_patches(Launcher& launcher, const Repository& repository, const std::string& commit,
                              const std::vector<std::string>& patches) {
  const TemporaryFolder scratch(temporary_parent(), "assay-");
  const Clone clone(launcher, repository, scratch.path() + "/clone", GitConfiguration::none);
  return clone.tree_with_patches(commit, patches);
}

bool holds_patches(Launcher& launcher, const Repository& repository, const std::string& commit,
                   const std::vector<std::string>& patches) {
  const TemporaryFolder scratch(temporary_parent(), "assay-");
  return Clone(launcher, repository, scratch.path() + "/clone", GitConfiguration::none).holds(commit, patches);
}

bool has_uncommitted_changes(Launcher& launcher, const Repository& repository,
                             const std::vector<std::string>& passed_over) {
  if (repository.top.empty()) return false;
  const Git git(launcher, repository.top);
  const auto index = git.try_run({"rev-parse", "--path-format=absolute", "--git-path", "index"});
  const auto head = git.try_run({"rev-parse", "--verify", "--quiet", "HEAD"});
  if (!index || !head) return false;
  const TemporaryFolder scratch(temporary_parent(), "assay-");
  const Clone clone(launcher, repository, scratch.path() + "/clone", GitConfiguration::none);
  return clone.differs({.top = repository.top, .index = *index, .passed_over = passed_over}, *head).value_or(false);
}

}  // namespace assay::host
