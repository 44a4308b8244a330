#include "experiments/engine/local_arms.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/audit/harness.hpp"
#include "experiments/trial/observation.hpp"

namespace assay::engine {
namespace {

host::FileSwap swapped_file(const Plan& plan, host::RestorationSink on_edit) {
  std::vector<std::string> versions;
  for (const Level& level : plan.variable.levels) {
    const auto& of_arm = std::get<FileLevel>(level.value);
    versions.push_back(trial::path_in(plan.folder, of_arm.file));
    if (host::sha256_of_file(versions.back()) == of_arm.sha256) continue;
    throw Error(fmt::format("{} changed since the plan was made: run again", of_arm.file));
  }
  return host::FileSwap(trial::path_in(plan.folder, plan.variable.name), versions, std::move(on_edit));
}

/// Adds what a later build of an arm made to the fingerprint of the first, since one fingerprint holds all builds.
void add_build(trial::Fingerprint& whole, const trial::Fingerprint& build, std::size_t index) {
  for (const auto& [part, value] : build.parts) {
    if (part.facet != trial::PartFacet::content) continue;
    whole.parts[{part.kind, part.name, part.facet, static_cast<int>(index) + 1}] = value;
  }
}

}  // namespace

LocalArms::LocalArms(const Plan& plan, host::Launcher& launcher, const trial::Workspace& workspace, ArmFolders folders,
                     host::RestorationSink on_edit)
    : plan_(plan), launcher_(launcher), workspace_(workspace), folders_(std::move(folders)) {
  if (plan.variable.kind == VariableKind::file) file_.emplace(swapped_file(plan, std::move(on_edit)));
  if (!has_source(plan.variable)) make_setups();
}

void LocalArms::build(const StepSink& step, const std::function<bool()>& stop) {
  sources_.emplace(plan_, launcher_, trial::SourceFolders{workspace_.root(), folders_.build_logs});
  sources_->make(step, stop);
  if (!stop()) make_setups();
}

std::vector<Build> LocalArms::builds() const {
  if (!folders_.build_logs.empty()) return trial::read_builds(folders_.build_logs);
  std::vector<Build> builds = trial::read_builds(workspace_.root() + "/logs");
  for (Build& build : builds) build.log.clear();  // it goes with this session
  return builds;
}

int LocalArms::builds_per_arm() const {
  return plan_.variable.source ? plan_.variable.source->builds : 1;
}

const std::vector<trial::ArmSetup>& LocalArms::setups(std::size_t cell, int build) const {
  return setups_.at(cell).at(static_cast<std::size_t>(build));
}

/// The resources of a cell with the clones of one build.
trial::SessionResources LocalArms::resources_of(std::size_t cell, int build) const {
  const trial::SessionResources& own = folders_.by_cell.empty() ? workspace_.resources() : folders_.by_cell.at(cell);
  return sources_ ? trial::with_clones(own, *sources_, build) : own;
}

void LocalArms::make_setups() {
  for (std::size_t cell = 0; cell < cells(plan_).size(); ++cell) {
    CellSetups& by_build = setups_.emplace_back();
    for (int build = 0; build < builds_per_arm(); ++build) {
      by_build.push_back(trial::materialise(plan_, cell, resources_of(cell, build)));
      if (!sources_) continue;
      for (trial::ArmSetup& setup : by_build.back()) {
        setup.harness = trial::harness_files(plan_, setup, sources_->arm(setup.arm, build).tracked);
      }
    }
  }
}

void LocalArms::put_in_place(ArmIndex arm) {
  if (file_) file_->put(arm);
}

std::vector<trial::Fingerprint> LocalArms::fingerprints() {
  std::vector<trial::Fingerprint> all;
  for (const CellSetups& by_build : setups_) {
    for (const trial::ArmSetup& first : by_build.front()) {
      put_in_place(first.arm);
      trial::Fingerprint whole = fingerprinter_.take(plan_, first);
      for (std::size_t build = 1; build < by_build.size(); ++build) {
        add_build(whole, fingerprinter_.take(plan_, by_build[build][first.arm]), build);
      }
      all.push_back(std::move(whole));
    }
  }
  if (sources_) add_changed_files(all);
  return all;
}

/// No trial may change the files of an arm's commit, or a treatment could make control worse than it is.
void LocalArms::add_changed_files(std::vector<trial::Fingerprint>& all) {
  for (ArmIndex arm = 0; arm < arm_count(plan_); ++arm) {
    const std::set<std::string> written = written_in(sources_->arm(arm, 0).clone.folder());
    for (const auto& [path, how] : sources_->changed_files(arm)) {
      if (written.contains(path)) continue;
      for (trial::Fingerprint& fingerprint : all) {
        if (fingerprint.arm == arm) fingerprint.parts[{trial::PartKind::changed_file, valid_text(path)}] = how;
      }
    }
  }
}

/// The paths, from the clone's top, of files that trials are meant to write; some may be files of the commit.
std::set<std::string> LocalArms::written_in(const std::string& clone) const {
  std::set<std::string> paths;
  for (const Workload& workload : plan_.workloads) {
    const std::string folder = trial::path_in(trial::path_in(clone, sources_->subfolder()), workload.working_directory);
    for (const std::string& name : trial::written_files(plan_, workload)) {
      paths.insert(std::filesystem::path(trial::path_in(folder, name)).lexically_relative(clone).string());
    }
  }
  return paths;
}

}  // namespace assay::engine
