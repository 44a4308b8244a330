#include "core/host/source/clone.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/files.hpp"
#include "core/host/source/promisor.hpp"
#include "core/host/source/settings.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

std::string made(const std::string& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) throw system_error("make the folder", folder, failure.value());
  return folder;
}

/// Does what `git clone --shared` does, without its references. Those of a shallow clone or a detached commit would get
/// in the way, and nothing has to be fetched if the objects are at hand.
void borrow_objects(const Repository& repository, const std::string& git_folder) {
  fs::create_directories(git_folder + "/objects/info");
  write_file_atomically(git_folder + "/objects/info/alternates", repository.common_folder + "/objects\n");
  std::error_code none;
  fs::copy_file(repository.common_folder + "/shallow", git_folder + "/shallow", none);
}

void borrow_tags(Launcher& launcher, const Repository& repository, const std::string& git_folder) {
  const Git git(launcher, repository.folder);
  const std::string tags = git.output_of({"for-each-ref", "--format=%(objectname) %(refname)", "refs/tags"});
  if (!tags.empty()) write_file_atomically(git_folder + "/packed-refs", tags + "\n");
}

/// The paths of the commits that the index holds, which are submodules.
std::vector<std::string> submodules_in(const Git& git) {
  std::vector<std::string> paths;
  for (const std::string& line : git.names({"ls-files", "-z", "--stage"})) {
    if (line.starts_with("160000 ")) paths.push_back(line.substr(line.find('\t') + 1));
  }
  return paths;
}

bool names_a_filter(const std::string& attributes) {
  return attributes.find("filter=") != std::string::npos;
}

}  // namespace

Clone::Clone(Launcher& launcher, const Repository& repository, const std::string& folder,
             GitConfiguration configuration)
    : git_(launcher, made(folder), configuration, Fetching::allowed), origin_(repository) {
  git_.run({"init", "--quiet", "--template=", "--object-format=" + repository.object_format});
  const std::string git_folder = git_.folder() + "/.git";
  borrow_objects(repository, git_folder);
  borrow_tags(launcher, repository, git_folder);
  follow_promisor(launcher, repository, git_);
}

void Clone::check_out(const std::string& commit) const {
  try {
    git_.run({"update-ref", "--no-deref", "HEAD", commit});
    git_.run({"reset", "--quiet", "--hard", commit});
  } catch (const Error& error) {
    if (!git_.try_run({"config", "--get", "extensions.partialClone"})) throw;
    throw Error(
        fmt::format("{}; {} is a partial clone, which lacks files of this commit: get them with: git fetch "
                    "--refetch --no-filter",
                    error.what(), origin_.folder));
  }
}

void Clone::apply(const std::string& patch) const {
  git_.run({"apply", "--index", "--whitespace=nowarn", patch});
}

void Clone::check_out_submodules() const {
  // Addresses such as ../library are relative to that of the origin.
  const auto url = git_.try_run({"-C", origin_.folder, "config", "--get", "remote.origin.url"});
  git_.run({"config", "remote.origin.url", url.value_or(origin_.folder)});
  take_submodules_at_hand();
  git_.run({"submodule", "--quiet", "update", "--init", "--recursive"});
}

/// The other repository has the objects of the submodules that its user checked out. They are cloned from there, so
/// that nothing needs the network or the configuration that reaches it. The others are left to `git submodule`.
void Clone::take_submodules_at_hand() const {
  git_.run({"submodule", "--quiet", "init"});
  for (const auto& [key, address] : settings_of(git_, R"(^submodule\..*\.url$)")) {
    const std::string section = key.substr(0, key.size() - std::string_view(".url").size());  // "submodule.NAME"
    const std::string module = "/modules/" + section.substr(section.find('.') + 1);
    const auto path = git_.try_run({"config", "--file", ".gitmodules", "--get", section + ".path"});
    std::error_code none;
    if (!path || !fs::is_directory(origin_.common_folder + module + "/objects", none)) continue;
    git_.run({"config", key, origin_.common_folder + module});
    const Argv update = {"-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--no-fetch", "--",
                         *path};
    if (git_.try_run(update)) {
      git_.run({"config", key, address});
      git_.run({"submodule", "--quiet", "sync", "--", *path});
    } else {
      // What is not at hand after all comes from where the commit says.
      (void)git_.try_run({"submodule", "--quiet", "deinit", "--force", "--", *path});
      fs::remove_all(git_.folder() + "/.git" + module, none);
    }
  }
}

std::vector<CheckoutGap> Clone::gaps() const {
  std::vector<CheckoutGap> gaps;
  CheckoutGap submodules;
  for (std::string& path : submodules_in(git_)) {
    std::error_code none;
    if (!fs::exists(fs::path(git_.folder()) / path / ".git", none)) submodules.paths.push_back(std::move(path));
  }
  if (!submodules.paths.empty()) gaps.push_back(std::move(submodules));
  for (auto& [filter, paths] : unfiltered_files()) {
    gaps.push_back({CheckoutGap::Kind::stored_contents, filter, std::move(paths)});
  }
  return gaps;
}

/// Most repositories have no filter at all, which a look into their attributes tells.
std::map<std::string, std::vector<std::string>> Clone::unfiltered_files() const {
  const std::vector<std::string> files = tracked_files();
  const bool any = std::any_of(files.begin(), files.end(), [this](const std::string& path) {
    const std::string whole = git_.folder() + "/" + path;
    return fs::path(path).filename() == ".gitattributes" && is_regular_file(whole) && names_a_filter(read_file(whole));
  });
  if (!any) return {};
  std::string names;
  for (const std::string& path : files) names += path + '\0';
  const std::vector<std::string> told = Git::parts_of(git_.answer_to(names, {"check-attr", "--stdin", "-z", "filter"}));
  std::map<std::string, std::vector<std::string>> by_filter;
  for (std::size_t at = 0; at + 2 < told.size(); at += 3) {
    const std::string& filter = told[at + 2];
    if (filter == "unspecified" || filter == "unset" || filter == "set") continue;
    by_filter[filter].push_back(told[at]);
  }
  std::erase_if(by_filter, [this](const auto& one) {
    return git_.try_run({"config", "--get-regexp", "^filter\\..*\\.(smudge|process)$"})
               .value_or("")
               .find("filter." + one.first + ".") != std::string::npos;
  });
  return by_filter;
}

std::optional<bool> Clone::differs(const WorkingTree& tree, const std::string& commit) const {
  const std::string git_folder = git_.folder() + "/.git";
  std::error_code failure;
  fs::copy_file(tree.index, git_folder + "/index", fs::copy_options::overwrite_existing, failure);
  // What was written at the same time as the index is looked into, so the copy has that time too.
  if (!failure) fs::last_write_time(git_folder + "/index", fs::last_write_time(tree.index, failure), failure);
  if (failure) return std::nullopt;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(tree.index).parent_path(), failure)) {
    const std::string name = entry.path().filename().string();  // an index may be split in two
    if (name.starts_with("sharedindex.")) fs::copy_file(entry.path(), git_folder + "/" + name, failure);
  }
  Argv words{"--git-dir=" + git_folder, "--work-tree=" + tree.top, "diff", "--quiet", "--no-ext-diff",
             "--no-textconv",           "--ignore-submodules",     commit, "--",      ":(top)"};
  for (const std::string& path : tree.passed_over) words.push_back(":(top,exclude,literal)" + path);
  const std::optional<int> code = git_.exit_code_of(words);
  if (code == 0) return false;
  return code == 1 ? std::optional(true) : std::nullopt;
}

std::string Clone::tree() const {
  return git_.output_of({"write-tree"});
}

std::string Clone::tree_of(const std::string& commit) const {
  return git_.output_of({"rev-parse", "--verify", commit + "^{tree}"});
}

std::string Clone::tree_with_patches(const std::string& commit, const std::vector<std::string>& patches) const {
  git_.run({"read-tree", commit});
  for (const std::string& patch : patches) {
    try {
      git_.run({"apply", "--cached", "--whitespace=nowarn", patch});
    } catch (const Error& error) {
      throw error.within(patch);
    }
  }
  return tree();
}

bool Clone::holds(const std::string& commit, const std::vector<std::string>& patches) const {
  git_.run({"read-tree", commit});
  return std::all_of(patches.rbegin(), patches.rend(), [&](const std::string& patch) {
    return git_.try_run({"apply", "--cached", "--reverse", "--whitespace=nowarn", patch}).has_value();
  });
}

bool Clone::applies(const TreeChange& change, const std::string& commit, Applied direction) const {
  const std::string diff = git_.output_of({"diff-tree", "-r", "-p", "--binary", "--full-index", "--no-renames",
                                           "--no-ext-diff", "--no-textconv", change.from, change.to});
  if (diff.empty()) throw Error("there is no change: both sources are the same");
  const std::string file = git_.folder() + "/.git/change.patch";
  write_file_atomically(file, diff + "\n");
  git_.run({"read-tree", commit});
  Argv words = {"apply", "--cached", "--check", "--whitespace=nowarn"};
  if (direction == Applied::in_reverse) words.emplace_back("--reverse");
  words.push_back(file);
  return git_.try_run(words).has_value();
}

std::vector<std::string> Clone::tracked_files() const {
  return git_.names({"ls-files", "-z", "--cached"});
}

std::vector<std::string> Clone::other_files() const {
  return git_.names({"ls-files", "-z", "--others"});
}

std::map<std::string, std::string> Clone::contents_of(const std::string& tree) const {
  std::map<std::string, std::string> contents;
  for (const std::string& line : git_.names({"ls-tree", "-r", "-z", "--full-tree", tree})) {
    const std::size_t tab = line.find('\t');  // "MODE TYPE ID<tab>PATH"
    contents.emplace(line.substr(tab + 1), line.substr(0, tab));
  }
  return contents;
}

}  // namespace assay::host
