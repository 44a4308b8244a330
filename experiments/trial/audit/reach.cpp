#include "experiments/trial/audit/reach.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/binary/elf.hpp"
#include "core/host/files/access_times.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// Files below a clone's top; a name that is a folder (a submodule) stands for all in it.
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

/// Of a path that one clone may not hold; empty then.
std::string digest_in(const std::string& top, const std::string& path) {
  const std::string whole = top + "/" + path;
  return is_file(whole) ? host::product_digest(whole, top) : "";
}

/// What of the fingerprints says which program runs, and what is loaded with it.
bool is_program_part(const std::string& part) {
  return part.starts_with("executable") || part.starts_with("library ");
}
bool is_named_file(const std::string& part) {
  return part.starts_with("named file ");
}

const std::string& part_of(const Fingerprint& fingerprint, const std::string& part) {
  static const std::string kNone;
  const auto found = fingerprint.parts.find(part);
  return found == fingerprint.parts.end() ? kNone : found->second;
}

/// Whether parts of one kind are not the same.
bool differ(const Fingerprint& control, const Fingerprint& treatment, bool (*is_meant)(const std::string&)) {
  const auto differs = [is_meant](const Fingerprint& here, const Fingerprint& there) {
    return std::any_of(here.parts.begin(), here.parts.end(), [is_meant, &there](const auto& part) {
      return is_meant(part.first) && part_of(there, part.first) != part.second;
    });
  };
  return differs(control, treatment) || differs(treatment, control);
}

}  // namespace

Reach::Reach(const Plan& plan, const SourceArms& arms, const std::string& place)
    : plan_(plan), arms_(arms), access_times_(host::keeps_access_times(place)) {
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
  }
}

bool Reach::read_what_differs(const Candidates& candidates) const {
  const std::string& control = arms_.arm(kControl, 0).clone.folder();
  const std::string& treatment = arms_.arm(candidates.treatment, 0).clone.folder();
  std::vector<std::string> read;  // all of them before the first is read here
  for (const std::string& path : candidates.paths) {
    const auto read_by_arm = [&path](const std::string& top) {
      return host::was_read(fmt::format("{}/{}", top, path));
    };
    if (read_by_arm(control) || read_by_arm(treatment)) read.push_back(path);
  }
  return std::any_of(read.begin(), read.end(),
                     [&](const std::string& path) { return digest_in(control, path) != digest_in(treatment, path); });
}

std::string Reach::intruder_text(const std::string& program, bool is_of_clone) const {
  if (!access_times_) {
    return fmt::format(
        "it could not be shown that the change reached what was run: {} and its libraries are the same in "
        "both arms, and TMPDIR lies on a file system that keeps no access times: use another, or declare "
        "reached",
        program);
  }
  return fmt::format(
      "the change did not reach what was run: {} and all else of the source that trials read is the same "
      "in both arms{}",
      program, is_of_clone ? "" : ": measured the installed package, not the commit");
}

std::vector<std::string> Reach::missing(const std::vector<Fingerprint>& fingerprints) {
  std::vector<std::string> missing;
  for (Candidates& candidates : candidates_) {
    bool runs_own_program = false;
    std::string program;
    for (std::size_t index = 0; index < fingerprints.size(); ++index) {
      if (fingerprints[index].arm != candidates.treatment) continue;
      const Fingerprint& control = fingerprints[index - candidates.treatment];
      candidates.reached = candidates.reached || differ(control, fingerprints[index], is_program_part);
      // A file that a command names may still not be read: access times know better, where there are any.
      if (!access_times_ && differ(control, fingerprints[index], is_named_file)) candidates.reached = true;
      program = part_of(fingerprints[index], "executable");
      runs_own_program = runs_own_program || !program.starts_with('/');
    }
    // Where access times tell nothing, a condition that the file declares is the better proof.
    if (!access_times_ && plan_.variable.reached) candidates.reached = true;
    if (access_times_ && !candidates.reached) candidates.reached = read_what_differs(candidates);
    if (candidates.reached) continue;
    missing.push_back(intruder_text(program, runs_own_program));
  }
  return missing;
}

}  // namespace assay::trial
