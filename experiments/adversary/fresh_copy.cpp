#include "experiments/adversary/fresh_copy.hpp"

#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/entropy.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/clone.hpp"
#include "core/host/source/git.hpp"
#include "core/host/source/repository.hpp"
#include "core/seed.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::adversary {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFilesFolder = "w";
constexpr const char* kHomeFolder = "h";

/// The folder below another one; std::nullopt if it lies elsewhere.
std::optional<fs::path> below(const fs::path& folder, const fs::path& path) {
  const fs::path relative = path.lexically_normal().lexically_relative(folder.lexically_normal());
  if (relative.empty() || *relative.begin() == "..") return std::nullopt;
  return relative;
}

std::string plain(const fs::path& path) {
  std::string text = path.lexically_normal().string();
  if (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

void add_existing(const std::string& folder, const std::string& name, std::set<std::string>& files) {
  const auto relative = below(folder, fs::path(folder) / name);
  std::error_code ignored;
  if (relative && fs::is_regular_file(fs::path(folder) / *relative, ignored)) files.insert(relative->string());
}

void add_named(const std::string& folder, const Argv& command, std::set<std::string>& files) {
  for (const std::string& word : command) add_existing(folder, word, files);
}

struct AddLevel {
  const std::string& folder;
  std::set<std::string>& files;

  void operator()(const CommandLevel& level) const { add_named(folder, level.argv, files); }
  void operator()(const FileLevel& level) const { add_existing(folder, level.file, files); }
  void operator()(const SourceLevel& level) const {
    for (const Patch& patch : level.patches) add_existing(folder, patch.file, files);
  }
  void operator()(const EnvironmentLevel&) const {}
  void operator()(const ArgumentLevel& level) const { add_existing(folder, level.value, files); }
  void operator()(const SettingsLevel&) const {}
  void operator()(const StateLevel&) const {}
};

struct AddCheck {
  const std::string& folder;
  std::set<std::string>& files;

  template <class Kind>
  void operator()(const Kind& check) const {
    if constexpr (requires { check.command; }) add_named(folder, check.command, files);
  }
};

/// "; make it with: ./make-data.sh", or what else the workloads say about their inputs; empty if they say nothing.
std::string way_to_make_inputs(const Plan& plan) {
  std::string text;
  for (const Workload& workload : plan.workloads) {
    if (!workload.inputs_from.empty()) text += "; to make the inputs: " + workload.inputs_from;
  }
  return text;
}

[[noreturn]] void fail_for_inputs(const std::string& what, const Plan& plan) {
  throw Error(fmt::format("{}; nothing was graded{}", what, way_to_make_inputs(plan)), ErrorKind::invalid);
}

/// Fails unless the input is in the folder, as the claim states it.
void require_stated_input(const CopySubject& subject, const std::string& from, const std::string& path) {
  const fs::path file = fs::path(from) / path;
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) {
    fail_for_inputs(fmt::format("the input {} of the {} is missing in {}: put it there as the claimant made it", path,
                                subject.what, from),
                    subject.plan);
  }
  const std::string now = host::sha256_of_file(file.string());
  const std::string& stated = subject.inputs.at(path);
  if (now == stated) return;
  fail_for_inputs(fmt::format("the input {} is not the one that was claimed with: its SHA-256 is {}, the {} has {}",
                              file.string(), now, subject.what, stated),
                  subject.plan);
}

void copy_input(const std::string& from, const fs::path& to, const std::string& path) {
  fs::create_directories((to / path).parent_path());
  fs::copy_file(fs::path(from) / path, to / path);
}

/// Copies the inputs into an empty folder. Each must be as the claim says, if it says anything.
void copy_inputs(const CopySubject& subject, const std::string& from, const fs::path& to) {
  std::map<std::string, std::string> inputs = declared_inputs(subject.plan, from);
  for (const auto& [path, sha256] : subject.inputs) {
    require_stated_input(subject, from, path);
    inputs.emplace(path, sha256);
  }
  for (const auto& [path, sha256] : inputs) copy_input(from, to, path);
}

/// Adds the inputs of the claim that its commit does not hold, and fails if one is still missing.
void add_uncommitted_inputs(const CopySubject& subject, const std::string& from, const std::string& to) {
  std::error_code ignored;
  for (const auto& [path, sha256] : subject.inputs) {
    if (fs::exists(fs::path(to) / path, ignored)) continue;
    require_stated_input(subject, from, path);
    copy_input(from, to, path);
  }
  (void)declared_inputs(subject.plan, to);
}

/// The commit to clone; empty if the lab is in no repository.
std::string revision_of(const CopySubject& subject, const std::string& lab_root) {
  const std::string head = record::committed_revision(lab_root).commit;
  if (head.empty() || subject.revision.empty()) return head;
  try {
    return record::resolved_revision(lab_root, subject.revision);
  } catch (const Error& error) {
    throw Error(fmt::format("the {} is about the commit {}, which is not here: fetch it first ({})", subject.what,
                            subject.revision, error.what()),
                ErrorKind::invalid);
  }
}

/// The lab's folder in a clone of its repository.
fs::path clone_repository(const std::string& lab_root, const std::string& revision, const std::string& files) {
  host::Launcher launcher;
  const host::Repository repository = host::find_repository(launcher, lab_root);
  host::Clone(launcher, repository, files, host::GitConfiguration::none).check_out(revision);
  const auto relative = below(repository.top, fs::weakly_canonical(lab_root));
  return relative ? fs::path(files) / *relative : fs::path(files);
}

/// A folder with an empty home, which only its owner can read.
FreshCopy empty_copy(const std::string& root) {
  remove_copy(root);
  FreshCopy copy;
  copy.root = root;
  copy.home = root + "/" + kHomeFolder;
  std::error_code failure;
  fs::create_directories(copy.home, failure);
  if (failure) throw Error(fmt::format("cannot make {}: {}", copy.home, failure.message()));
  fs::permissions(root, fs::perms::owner_all, failure);
  return copy;
}

}  // namespace

std::string new_copy_root() {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::uint64_t kLeast = 8;
  constexpr std::uint64_t kMore = 17;
  Generator generator(host::fresh_entropy());
  std::string name;
  const std::uint64_t length = kLeast + generator.below(kMore);
  while (name.size() < length) name += kLetters[generator.below(kLetters.size())];
  return fmt::format("{}/{}", host::temporary_parent(), name);
}

std::string copy_root_of(const std::string& folder) {
  const auto relative = below(host::temporary_parent(), folder);
  if (!relative) {
    throw Error(
        fmt::format("the interrupted challenge measured in {}, which is not below {}: set TMPDIR to what it was",
                    folder, host::temporary_parent()));
  }
  return plain(fs::path(host::temporary_parent()) / *relative->begin());
}

CopySubject copied_for(const ChallengeTarget& target) {
  return {
      .plan = claimed_plan(target), .what = "claim", .revision = target.claim.revision, .inputs = target.claim.inputs};
}

FreshCopy make_lab_copy(const std::string& lab_root, const ClonePlace& place) {
  FreshCopy copy = empty_copy(place.root);
  copy.revision = place.revision;
  copy.folder = plain(clone_repository(lab_root, place.revision, place.root + "/" + kFilesFolder));
  return copy;
}

FreshCopy make_fresh_copy(const CopySubject& subject, const CopyPlace& place) {
  FreshCopy copy = empty_copy(place.root);
  const std::string files = place.root + "/" + kFilesFolder;
  copy.revision = revision_of(subject, place.lab_root);
  if (copy.revision.empty()) {
    const fs::path from = record::folder_in_lab(place.lab_root, place.claimed_folder);
    fs::create_directories(files);
    copy_inputs(subject, plain(from), files);
    copy.folder = files;
    return copy;
  }
  const fs::path lab = clone_repository(place.lab_root, copy.revision, files);
  copy.folder = plain(record::folder_in_copy(lab, place.claimed_folder, place.lab_root));
  if (!fs::is_directory(copy.folder)) {
    throw Error(fmt::format("the commit {} has no folder of the experiment: expected {}; nothing was graded",
                            copy.revision, copy.folder),
                ErrorKind::invalid);
  }
  // The arms' own clones are looked at when they are there.
  if (!has_source(subject.plan.variable)) {
    add_uncommitted_inputs(subject, record::folder_in_lab(place.lab_root, place.claimed_folder), copy.folder);
  }
  return copy;
}

void remove_copy(const std::string& root) noexcept {
  std::error_code ignored;
  fs::remove_all(root, ignored);
}

std::map<std::string, std::string> declared_inputs(const Plan& plan, const std::string& folder) {
  std::set<std::string> files;
  for (const Workload& workload : plan.workloads) {
    for (const std::string& pattern : workload.inputs) {
      try {
        for (const std::string& path : trial::files_matching(folder, pattern)) add_existing(folder, path, files);
      } catch (const Error& error) {
        fail_for_inputs(error.what(), plan);
      }
    }
    add_named(folder, workload.command, files);
    for (const Argv* hook :
         {&workload.hooks.setup, &workload.hooks.prepare, &workload.hooks.conclude, &workload.hooks.cleanup}) {
      add_named(folder, *hook, files);
    }
    if (!workload.standard_input.empty()) add_existing(folder, workload.standard_input, files);
  }
  for (const Level& level : plan.variable.levels) std::visit(AddLevel{folder, files}, level.value);
  for (const Check& check : plan.checks) std::visit(AddCheck{folder, files}, check.kind);
  std::map<std::string, std::string> inputs;
  for (const std::string& file : files) inputs.emplace(file, host::sha256_of_file((fs::path(folder) / file).string()));
  return inputs;
}

std::map<std::string, std::string> uncommitted_inputs(const Plan& plan, const std::string& folder,
                                                      const std::string& revision) {
  std::map<std::string, std::string> inputs = declared_inputs(plan, folder);
  host::Launcher launcher;
  const host::Git git(launcher, folder);
  std::erase_if(inputs, [&](const auto& input) {
    return git.exit_code_of({"cat-file", "-e", fmt::format("{}:./{}", revision, input.first)}) == 0;
  });
  return inputs;
}

}  // namespace assay::adversary
