#include "experiments/trial/sources/source_arms.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/files/access_times.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/source/repository.hpp"
#include "experiments/trial/drawn_order.hpp"
#include "experiments/trial/sources/resolve_variable.hpp"
#include "experiments/trial/sources/source_notes.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// The path of a folder within the repository's working tree; empty if it lies elsewhere or is the top.
std::string subfolder_of(const host::Repository& repository, const std::string& folder) {
  std::error_code failure;
  const fs::path relative = fs::canonical(folder, failure).lexically_relative(repository.top);
  const bool is_inside = !failure && !repository.top.empty() && !relative.empty() && *relative.begin() != "..";
  return is_inside && relative != "." ? relative.string() : "";
}

}  // namespace

struct SourceArms::State {
  const Plan& plan;
  host::Launcher& launcher;
  SourceFolders folders;
  host::Repository repository;
  std::string subfolder;
  ArmBuilder builder;
  std::vector<std::vector<SourceArm>> arms;              ///< by build and arm
  std::vector<std::set<std::string>> changed_by_builds;  ///< by arm: files that another's build changed
  std::vector<std::string> gap_notes;                    ///< on what the first clone of each arm lacks

  State(const Plan& the_plan, host::Launcher& the_launcher, SourceFolders the_surroundings)
      : plan(the_plan),
        launcher(the_launcher),
        folders(std::move(the_surroundings)),
        repository(host::find_repository(the_launcher, repository_folder(the_plan.variable, the_plan.folder))),
        subfolder(subfolder_of(repository, the_plan.folder)),
        builder(the_plan, the_launcher, folders) {}

  [[nodiscard]] const SourceBuild& source() const { return *plan.variable.source; }
  [[nodiscard]] const SourceLevel& level(ArmIndex arm) const {
    return std::get<SourceLevel>(plan.variable.levels[arm].value);
  }
  /// "treatment (HEAD, 9c01d24e51)".
  [[nodiscard]] std::string name_of(ArmIndex arm) const {
    return fmt::format("{} ({}, {})", plan.variable.levels[arm].label, level(arm).revision,
                       short_object_id(level(arm).commit));
  }

  /// A folder with a drawn name. The names have equal length and say neither arm nor build.
  [[nodiscard]] std::string new_folder() const { return host::TemporaryFolder(folders.work, "s-").keep(); }

  [[nodiscard]] SourceArm check_out(ArmIndex arm, const std::string& folder) const {
    const bool filters = asks_for(source(), CheckoutStep::filters);
    SourceArm made{host::Clone(launcher, repository, folder,
                               filters ? host::GitConfiguration::users : host::GitConfiguration::none),
                   {}};
    made.clone.check_out(level(arm).commit);
    for (const Patch& patch : level(arm).patches) made.clone.apply(path_in(plan.folder, patch.file));
    if (made.clone.tree() != level(arm).tree) {
      throw Error("the files are not those of the plan: something changed the repository or a patch since",
                  ErrorKind::invalid);
    }
    if (asks_for(source(), CheckoutStep::submodules)) made.clone.check_out_submodules();
    for (std::string& path : made.clone.tracked_files()) made.tracked.insert(std::move(path));
    return made;
  }

  [[nodiscard]] SourceArm check_out_named(ArmIndex arm, const std::string& folder) const {
    try {
      return check_out(arm, folder);
    } catch (const Error& error) {
      throw error.within(name_of(arm));
    }
  }

  [[nodiscard]] SourceArm make_one(ArmIndex arm, int build, const Stopped& stopped) {
    const std::string folder = new_folder();
    SourceArm made = check_out_named(arm, folder + "/source");
    if (build == 0) {
      for (const host::CheckoutGap& gap : made.clone.gaps()) gap_notes.push_back(note_on(gap, name_of(arm), source()));
    }
    if (!source().build.empty()) {
      const host::Readings readings(made.clone.folder(), made.tracked);
      builder.run({arm, build, name_of(arm), folder, made.clone.folder(), level(arm)}, stopped);
      made.read_by_build = readings.so_far();
    }
    if (!stopped()) made.contents.emplace(made.clone.folder(), std::set<std::string>{".git"});
    return made;
  }

  /// Control comes first, so that its failure is told before that of a treatment. The arms of a challenge are blinded:
  /// there, nothing may tell which clone was made first.
  [[nodiscard]] std::vector<ArmIndex> order_of_making() const {
    std::vector<ArmIndex> order(arm_count(plan));
    std::iota(order.begin(), order.end(), kControl);
    return plan.challenge ? drawn_order(order.size()) : order;
  }

  [[nodiscard]] std::vector<ArmFolder> named_arms() const {
    std::vector<ArmFolder> named;
    for (ArmIndex arm = 0; !arms.empty() && arm < arms.front().size(); ++arm) {
      named.push_back({name_of(arm), arms.front()[arm].clone.folder() + "/" + subfolder});
    }
    return named;
  }

  /// Until now, only another build can have changed what a build left, since no trial has run yet. From now on a trial
  /// may change the products of its build, and only the commit's files must stay.
  void find_what_builds_changed() {
    changed_by_builds.resize(arm_count(plan));
    for (std::vector<SourceArm>& of_build : arms) {
      for (ArmIndex arm = 0; arm < of_build.size(); ++arm) {
        for (std::string& path : of_build[arm].contents->changed()) changed_by_builds[arm].insert(std::move(path));
        of_build[arm].contents->keep_only(of_build[arm].tracked);
      }
    }
  }
};

SourceArms::SourceArms(const Plan& plan, host::Launcher& launcher, SourceFolders folders)
    : state_(std::make_unique<State>(plan, launcher, std::move(folders))) {}
SourceArms::~SourceArms() = default;
SourceArms::SourceArms(SourceArms&&) noexcept = default;

void SourceArms::make(const Step& step, const Stopped& stopped) {
  const int builds = state_->source().builds;
  for (int build = 0; build < builds; ++build) {
    std::map<ArmIndex, SourceArm> made;
    for (const ArmIndex arm : state_->order_of_making()) {
      if (stopped()) return;
      step(fmt::format("{} of {}{}", state_->source().build.empty() ? "clone" : "build", state_->name_of(arm),
                       builds == 1 ? "" : fmt::format(", {} of {}", build + 1, builds)));
      made.emplace(arm, state_->make_one(arm, build, stopped));
    }
    std::vector<SourceArm>& of_build = state_->arms.emplace_back();
    for (auto& [arm, source] : made) of_build.push_back(std::move(source));
  }
  if (!stopped()) state_->find_what_builds_changed();
}

const std::vector<std::string>& SourceArms::last_lines() const {
  return state_->builder.last_lines();
}

const SourceArm& SourceArms::arm(ArmIndex arm, int build) const {
  return state_->arms.at(static_cast<std::size_t>(build)).at(arm);
}

std::map<std::string, std::string> SourceArms::changed_files(ArmIndex arm) {
  std::map<std::string, std::string> changed;
  for (const std::string& path : state_->changed_by_builds.at(arm)) changed[path] = "was changed by another build";
  for (std::vector<SourceArm>& of_build : state_->arms) {
    for (const std::string& path : of_build[arm].contents->changed_of_known()) {
      changed.try_emplace(path, "changed during the attempt");
    }
  }
  return changed;
}

const std::string& SourceArms::subfolder() const {
  return state_->subfolder;
}

std::vector<std::string> SourceArms::differing_sources(ArmIndex treatment) const {
  // Only the clone of its own arm knows a patched tree.
  const auto contents = [this](ArmIndex index) { return arm(index, 0).clone.contents_of(state_->level(index).tree); };
  std::map<std::string, std::string> control = contents(kControl);
  std::vector<std::string> differing;
  for (const auto& [path, content] : contents(treatment)) {
    const auto found = control.find(path);
    if (found == control.end() || found->second != content) differing.push_back(path);
    if (found != control.end()) control.erase(found);
  }
  for (const auto& [path, content] : control) differing.push_back(path);
  return differing;
}

std::vector<std::string> SourceArms::notes_on_layout() const {
  std::vector<std::string> notes;
  const SourceBuild& source = state_->source();
  if (!source.build.empty() && source.builds == 1) {
    notes.emplace_back(
        "layout not separated: each arm was built once, so that how its code lies in memory is part of "
        "the effect; builds = 5, or --builds 5 of assay compare, varies it");
  } else if (source.builds > 1 && state_->builder.links_in_other_order() == 0) {
    notes.emplace_back(
        "layout not separated: no build linked two object files or more through a compiler or archiver "
        "of PATH");
  }
  return notes;
}

std::vector<std::string> SourceArms::notes() const {
  std::vector<std::string> notes;
  const bool names_head =
      std::any_of(state_->plan.variable.levels.begin(), state_->plan.variable.levels.end(),
                  [](const Level& level) { return std::get<SourceLevel>(level.value).revision == "HEAD"; });
  if (names_head && host::has_uncommitted_changes(state_->launcher, state_->repository)) {
    notes.emplace_back("the working tree has changes that no commit holds: they are no part of HEAD");
  }
  notes.insert(notes.end(), state_->gap_notes.begin(), state_->gap_notes.end());
  for (std::string& note : notes_on_missing_files(state_->plan.workloads, state_->named_arms())) {
    notes.push_back(std::move(note));
  }
  return notes;
}

SessionResources with_clones(SessionResources resources, const SourceArms& sources, int build) {
  resources.subfolder = sources.subfolder();
  for (ArmIndex arm = 0; arm < resources.arms.size(); ++arm) {
    resources.arms[arm].source = sources.arm(arm, build).clone.folder();
  }
  return resources;
}

}  // namespace assay::trial
