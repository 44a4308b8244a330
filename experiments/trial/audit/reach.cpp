#include "experiments/trial/audit/reach.hpp"

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/binary/elf.hpp"
#include "core/host/files/access_times.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// Adds a file below a clone's top, or all files in it if the name is that of a folder (a submodule).
void collect(const std::string& top, const std::string& name, std::set<std::string>& paths) {
  const fs::path whole = fs::path(top) / name;
  std::error_code ignored;
  if (!fs::is_directory(whole, ignored) || fs::is_symlink(whole, ignored)) {
    paths.insert(name);
    return;
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(whole, ignored)) {
    if (entry.is_regular_file(ignored)) paths.insert(entry.path().lexically_relative(top).string());
  }
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

/// Empty if the clone has no such file.
std::string digest_in(const std::string& top, const std::string& path) {
  const std::string whole = top + "/" + path;
  return is_file(whole) ? host::product_digest(whole, top) : "";
}

/// True if the arms differ in a part of one of these kinds.
bool differ(const Fingerprint& control, const Fingerprint& treatment, std::initializer_list<PartKind> kinds) {
  const std::vector<Part> differing = differing_parts(control.parts, treatment.parts);
  return std::any_of(differing.begin(), differing.end(), [&kinds](const Part& part) {
    return std::find(kinds.begin(), kinds.end(), part.kind) != kinds.end();
  });
}

}  // namespace

Reach::Reach(const Plan& plan, const SourceArms& arms, const std::string& folder)
    : plan_(plan),
      arms_(arms),
      access_times_(host::keeps_access_times(folder)),
      equal_is_an_answer_(plan.exploratory && plan.protocol.goal == Goal::not_worse) {
  for (ArmIndex treatment = 1; treatment < arm_count(plan); ++treatment) {
    const auto tree = [&plan](ArmIndex arm) { return std::get<SourceLevel>(plan.variable.levels[arm].value).tree; };
    if (tree(kControl) == tree(treatment)) continue;  // an A/A comparison: nothing is to be reached
    std::set<std::string> paths;
    for (const ArmIndex arm : {kControl, treatment}) {
      const host::Clone& clone = arms.arm(arm, 0).clone;
      for (const std::string& name : clone.other_files()) collect(clone.folder(), name, paths);
      for (const std::string& name : arms.differing_sources(treatment)) collect(clone.folder(), name, paths);
    }
    candidates_.push_back({treatment, {paths.begin(), paths.end()}, false});
  }
}

void Reach::start() {
  if (!access_times_) return;
  for (const Candidates& candidates : candidates_) {
    if (candidates.reached) continue;
    for (const ArmIndex arm : {kControl, candidates.treatment}) {
      const std::string& top = arms_.arm(arm, 0).clone.folder();
      for (const std::string& path : candidates.paths) {
        const std::string file = fmt::format("{}/{}", top, path);
        if (is_file(file)) host::forget_reading(file);
      }
    }
    if (!equal_is_an_answer_) continue;
    const SourceArm& treatment = arms_.arm(candidates.treatment, 0);
    for (const std::string& path : treatment.tracked) {
      const std::string file = fmt::format("{}/{}", treatment.clone.folder(), path);
      if (is_file(file)) host::forget_reading(file);
    }
  }
}

bool Reach::read_what_differs(const Candidates& candidates) const {
  const std::string& control = arms_.arm(kControl, 0).clone.folder();
  const std::string& treatment = arms_.arm(candidates.treatment, 0).clone.folder();
  std::vector<std::string> read;  // collected before the first of them is read here
  for (const std::string& path : candidates.paths) {
    const auto read_by_arm = [&path](const std::string& top) {
      return host::was_read(fmt::format("{}/{}", top, path));
    };
    if (read_by_arm(control) || read_by_arm(treatment)) read.push_back(path);
  }
  return std::any_of(read.begin(), read.end(),
                     [&](const std::string& path) { return digest_in(control, path) != digest_in(treatment, path); });
}

bool Reach::read_the_commit(ArmIndex treatment) const {
  const SourceArm& arm = arms_.arm(treatment, 0);
  return std::any_of(arm.tracked.begin(), arm.tracked.end(), [&arm](const std::string& path) {
    return host::was_read(fmt::format("{}/{}", arm.clone.folder(), path));
  });
}

std::string Reach::intruder_text(const std::string& program, ProgramOrigin origin) const {
  if (!access_times_) {
    return fmt::format(
        "it could not be shown that the change reached what was run: {} and its libraries are the same in "
        "both arms, and TMPDIR lies on a file system that keeps no access times: use another, or declare "
        "reached",
        program);
  }
  if (origin == ProgramOrigin::elsewhere) {
    const bool is_built = plan_.variable.source && !plan_.variable.source->build.empty();
    return fmt::format(
        "the arms do not differ in what was run: a program outside the clone was run ({}), not the one {}", program,
        is_built ? "that was built" : "of the commit");
  }
  return fmt::format(
      "the arms do not differ in what was run: {} and all else of the source that trials read is the same in both arms",
      program);
}

std::vector<std::string> Reach::missing(const std::vector<Fingerprint>& fingerprints) {
  std::vector<std::string> missing;
  for (Candidates& candidates : candidates_) {
    bool runs_own_program = false;
    std::string program;
    for (std::size_t index = 0; index < fingerprints.size(); ++index) {
      if (fingerprints[index].arm != candidates.treatment) continue;
      const Fingerprint& control = fingerprints[index - candidates.treatment];
      candidates.reached =
          candidates.reached || differ(control, fingerprints[index], {PartKind::executable, PartKind::library});
      // A file that a command names may still not be read. Access times show that, if the file system keeps them.
      if (!access_times_ && differ(control, fingerprints[index], {PartKind::named_file})) candidates.reached = true;
      const std::string* const executable = find_part(fingerprints[index].parts, {PartKind::executable});
      program = executable == nullptr ? "" : *executable;
      runs_own_program = runs_own_program || lies_in_clone(program);
    }
    // Without access times, a condition that the experiment file declares is the better proof.
    if (!access_times_ && plan_.variable.reached) candidates.reached = true;
    if (access_times_ && !candidates.reached) candidates.reached = read_what_differs(candidates);
    if (candidates.reached) continue;
    const bool is_equal = access_times_ && (runs_own_program || read_the_commit(candidates.treatment));
    if (equal_is_an_answer_ && is_equal) continue;
    missing.push_back(intruder_text(program, runs_own_program ? ProgramOrigin::clone : ProgramOrigin::elsewhere));
  }
  return missing;
}

}  // namespace assay::trial
