#include "experiments/trial/sources/resolve_variable.hpp"

#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/source/repository.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {
namespace {

struct Resolve {
  const std::string& folder;
  const host::Repository* repository;  ///< where levels are revisions
  host::Launcher& launcher;

  void operator()(SourceLevel& level) const {
    const host::ResolvedRevision found = host::resolve_revision(launcher, *repository, level.revision);
    level.commit = found.commit;
    level.tree = found.tree;
    if (level.patches.empty()) return;
    std::vector<std::string> files;
    for (Patch& patch : level.patches) {
      files.push_back(path_in(folder, patch.file));
      patch.sha256 = host::sha256_of_file(files.back());
    }
    try {
      level.tree = host::tree_with_patches(launcher, *repository, level.commit, files);
    } catch (const Error& error) {
      // A change that was adopted is in the revision already, so the tree with it is that of the revision.
      if (host::holds_patches(launcher, *repository, level.commit, files)) return;
      throw error.within("a patch on " + level.revision);
    }
  }
  void operator()(FileLevel& level) const { level.sha256 = host::sha256_of_file(path_in(folder, level.file)); }
  void operator()(const EnvironmentLevel&) const {}
  void operator()(const ArgumentLevel&) const {}
  void operator()(const CommandLevel&) const {}
  void operator()(const StateLevel&) const {}
  void operator()(const SettingsLevel&) const {}
};

/// What two levels have in common although it must differ; empty if it differs.
std::string common_content(const LevelValue& control, const LevelValue& treatment) {
  if (const auto* source = std::get_if<SourceLevel>(&control)) {
    const auto& other = std::get<SourceLevel>(treatment);
    if (source->tree != other.tree) return "";
    if (!other.patches.empty()) return fmt::format("{} holds the same files as {}", describe(other), describe(*source));
    return fmt::format("{} and {} hold the same files (tree {})", source->revision, other.revision,
                       short_object_id(source->tree));
  }
  if (const auto* file = std::get_if<FileLevel>(&control)) {
    const auto& other = std::get<FileLevel>(treatment);
    if (file->sha256 == other.sha256) return fmt::format("{} and {} hold the same", file->file, other.file);
  }
  return "";
}

}  // namespace

std::string repository_folder(const Variable& variable, const std::string& folder) {
  const bool is_named = variable.source && !variable.source->repository.empty();
  return is_named ? path_in(folder, variable.source->repository) : folder;
}

Variable resolved(Variable variable, const std::string& folder, host::Launcher& launcher) {
  host::Repository repository;
  if (has_source(variable)) repository = host::find_repository(launcher, repository_folder(variable, folder));
  for (Level& level : variable.levels) std::visit(Resolve{folder, &repository, launcher}, level.value);
  return variable;
}

void refuse_equal_levels(const Variable& variable) {
  for (std::size_t arm = 1; arm < variable.levels.size(); ++arm) {
    for (std::size_t earlier = 0; earlier < arm; ++earlier) {
      const std::string common = common_content(variable.levels[earlier].value, variable.levels[arm].value);
      if (!common.empty()) throw Error("variable: " + common + ": arms that do not differ can show nothing");
    }
  }
}

}  // namespace assay::trial
