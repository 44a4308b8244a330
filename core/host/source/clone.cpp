#include "core/host/source/clone.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
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

}  // namespace

Clone::Clone(Launcher& launcher, const Repository& repository, const std::string& folder,
             GitConfiguration configuration)
    : git_(launcher, made(folder), configuration), origin_(repository.folder) {
  git_.run({"init", "--quiet", "--template=", "--object-format=" + repository.object_format});
  const std::string git_folder = git_.folder() + "/.git";
  borrow_objects(repository, git_folder);
  borrow_tags(launcher, repository, git_folder);
}

void Clone::check_out(const std::string& commit) const {
  git_.run({"update-ref", "--no-deref", "HEAD", commit});
  git_.run({"reset", "--quiet", "--hard", commit});
}

void Clone::apply(const std::string& patch) const {
  git_.run({"apply", "--index", "--whitespace=nowarn", patch});
}

void Clone::check_out_submodules() const {
  // Addresses such as ../library are relative to that of the origin.
  const auto url = git_.try_run({"-C", origin_, "config", "--get", "remote.origin.url"});
  git_.run({"config", "remote.origin.url", url.value_or(origin_)});
  git_.run({"submodule", "--quiet", "update", "--init", "--recursive"});
}

std::string Clone::tree() const {
  return git_.output_of({"write-tree"});
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
