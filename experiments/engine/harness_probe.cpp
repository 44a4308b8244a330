#include "experiments/engine/harness_probe.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/host/files/access_times.hpp"
#include "experiments/engine/failed_trial.hpp"
#include "experiments/engine/read_files.hpp"
#include "experiments/engine/repeated_trials.hpp"
#include "experiments/trial/audit/harness.hpp"
#include "experiments/trial/checks/check_rule.hpp"
#include "experiments/trial/trial_hooks.hpp"

namespace assay::engine {
namespace {

namespace fs = std::filesystem;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(fs::symlink_status(path, ignored));
}

/// Control's versions of some files in treatment's clone, for as long as this lives.
class ControlsVersions {
 public:
  ControlsVersions(fs::path control, fs::path treatment, const std::vector<std::string>& paths,
                   const std::string& scratch)
      : treatment_(std::move(treatment)), paths_(paths), scratch_(scratch) {
    fs::create_directories(scratch_);
    for (std::size_t index = 0; index < paths_.size(); ++index) {
      fs::rename(treatment_ / paths_[index], kept(index));
      if (is_file(control / paths_[index])) fs::copy_file(control / paths_[index], treatment_ / paths_[index]);
    }
  }
  ~ControlsVersions() {
    std::error_code ignored;
    // Newer than what was made of control's version meanwhile, so that a build makes it again; by a whole second, since
    // some tools compare seconds and sizes only.
    const auto restored = std::max(fs::file_time_type::clock::now(), placed_ + std::chrono::seconds(1));
    for (std::size_t index = 0; index < paths_.size(); ++index) {
      if (!fs::exists(kept(index), ignored)) continue;
      fs::rename(kept(index), treatment_ / paths_[index], ignored);
      fs::last_write_time(treatment_ / paths_[index], restored, ignored);
    }
  }
  ControlsVersions(const ControlsVersions&) = delete;
  ControlsVersions& operator=(const ControlsVersions&) = delete;

 private:
  [[nodiscard]] fs::path kept(std::size_t index) const { return scratch_ / std::to_string(index); }

  fs::path treatment_;
  std::vector<std::string> paths_;
  fs::path scratch_;
  fs::file_time_type placed_ = fs::file_time_type::clock::now();
};

/// Makefile, CMakeLists.txt, `*.mk`, `*.cmake`.
bool is_build_file(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return name == "Makefile" || name == "CMakeLists.txt" || name.ends_with(".mk") || name.ends_with(".cmake");
}

bool holds(const std::vector<std::string>& paths, const std::string& path) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

/// "a, b, c and 4 more".
std::string first_names(const std::vector<std::string>& paths) {
  constexpr std::size_t kNamed = 10;
  const std::size_t named = std::min(paths.size(), kNamed);
  const std::string text =
      fmt::format("{}", fmt::join(paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(named), ", "));
  return named == paths.size() ? text : fmt::format("{} and {} more", text, paths.size() - named);
}

/// What fails in one more trial: "check right", "prepare"; empty if all is well.
std::optional<std::string> failed_harness(const HarnessContext& context, const trial::ArmSetup& setup,
                                          const trial::TrialMoments& moments = {}) {
  return failed_step(context.runner.run_once(setup, moments), setup.cell, context.references);
}

/// The files that count as harness although no command names them: what hooks, checks and normalisers read.
std::vector<std::string> files_read_by_harness(const HarnessContext& context, const trial::ArmSetup& setup,
                                               const std::vector<std::string>& possible) {
  const ReadFiles files(setup.source, possible);
  std::vector<std::string> by_prepare;
  std::vector<std::string> by_program;
  const trial::TrialMoments moments{.starts =
                                        [&] {
                                          by_prepare = files.since();
                                          files.forget();
                                        },
                                    .is_judged =
                                        [&] {
                                          by_program = files.since();
                                          files.forget();
                                        }};
  const RepeatedTrials trials = repeated_until_one_passes([&] {
    files.forget();
    return failed_harness(context, setup, moments);
  });
  if (failed_always(trials)) return {};  // blocks will show it
  const std::vector<std::string> afterwards = files.since();
  const bool is_built = !context.plan.variable.source->build.empty();
  std::vector<std::string> found;
  for (const std::string& path : possible) {
    const bool is_harness = is_named_like_a_harness(path);
    const bool is_for_harness_only = is_harness || !holds(by_program, path);
    // Without a build step, a prepare may build the program, so only what is named like a test counts there.
    const bool may_be_prepared_by = is_harness || (is_built && is_for_harness_only);
    const bool is_prepared_by_it = may_be_prepared_by && !is_build_file(path) && holds(by_prepare, path);
    const bool is_read_afterwards = is_for_harness_only && holds(afterwards, path);
    if (is_prepared_by_it || is_read_afterwards) found.push_back(path);
  }
  return found;
}

RepeatedTrials trials_with_controls(const HarnessContext& context, const trial::ArmSetup& setup,
                                    const std::vector<std::string>& paths) {
  const ControlsVersions in_place(context.sources.arm(kControl, 0).clone.folder(), setup.source, paths,
                                  context.scratch);
  return repeated_until_one_passes([&] { return failed_harness(context, setup); });
}

/// Checks pass with control's versions, too. Options of compilers belong into the files of a build, so where there is a
/// build step these are only noted.
HarnessFindings harmless(const Plan& plan, const std::vector<std::string>& paths) {
  HarnessFindings findings;
  std::vector<std::string> of_build;
  for (const std::string& path : paths) {
    const bool is_noted = !plan.variable.source->build.empty() && is_build_file(path);
    (is_noted ? of_build : findings.changed).push_back(path);
  }
  if (!of_build.empty()) {
    findings.notes.push_back(
        fmt::format("the change alters {}, which build and checks or hooks read; they pass with control's version, too",
                    fmt::join(of_build, ", ")));
  }
  return findings;
}

/// Whether any command but the workload's own could read files of the change around a trial.
bool runs_harness_commands(const Plan& plan, const trial::ArmSetup& setup) {
  const Workload& workload = plan.workloads[setup.workload];
  if (trial::has_prepare_hooks(plan, setup) || trial::has_conclude_hooks(plan, setup)) return true;
  return std::any_of(plan.checks.begin(), plan.checks.end(), [&workload](const Check& check) {
    return applies_to(check.workloads, workload.name) && !trial::rule_of(check).needs.commands.empty();
  });
}

}  // namespace

std::vector<std::string> possible_harness(const Plan& plan, const trial::SourceArms& sources,
                                          const trial::ArmSetup& treatment) {
  if (!runs_harness_commands(plan, treatment)) return {};
  const std::set<std::string>& read_by_build = sources.arm(treatment.arm, 0).read_by_build;
  const std::vector<std::string> named = trial::files_named_by(treatment.argv, treatment);
  std::vector<std::string> possible;
  for (std::string& path : sources.differing_sources(treatment.arm)) {
    const bool is_of_program = read_by_build.contains(path) || holds(named, treatment.source + "/" + path);
    const bool may_be = is_named_like_a_harness(path) || !is_of_program;
    if (may_be) possible.push_back(std::move(path));
  }
  return possible;
}

bool is_named_like_a_harness(const std::string& path) {
  constexpr std::array<std::string_view, 3> kWords = {"test", "check", "bench"};
  constexpr std::array<std::string_view, 4> kNames = {"Makefile", "CMakeLists.txt", "conftest.py", "package.json"};
  const std::string name = fs::path(path).filename().string();
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return path.find(word) != std::string::npos; }) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name.ends_with(".mk") ||
         name.ends_with(".cmake");
}

HarnessProbe probe_harness(const HarnessContext& context, const trial::ArmSetup& treatment,
                           const std::vector<std::string>& possible) {
  if (!host::keeps_access_times(fs::path(context.scratch).parent_path())) {
    return {.notes = {fmt::format(
                "whether checks or hooks read {} cannot be told here: TMPDIR lies on a file system that keeps "
                "no access times",
                first_names(possible))}};
  }
  const std::vector<std::string> paths = files_read_by_harness(context, treatment, possible);
  if (paths.empty()) return {};
  const RepeatedTrials with_controls = trials_with_controls(context, treatment, paths);
  // What a check built of control's versions is made of treatment's again, before anything is measured.
  const OneTrial own_trial = [&] { return failed_harness(context, treatment); };
  if (!failed_always(with_controls)) {
    (void)own_trial();
    return {.read = paths};
  }
  const RepeatedTrials own = repeated(own_trial);
  if (failed_never(own)) return {.read = paths, .failed = with_controls.failure};
  return {.read = paths,
          .notes = {fmt::format("whether {} fails because of control's version of {} cannot be told: with treatment's, "
                                "{} fails in {} of {} trials",
                                with_controls.failure, first_names(paths), own.failure, own.failed, own.trials)}};
}

HarnessFindings findings_of(const Plan& plan, const HarnessProbe& probe) {
  if (probe.failed.empty()) {
    HarnessFindings findings = harmless(plan, probe.read);
    findings.notes.insert(findings.notes.end(), probe.notes.begin(), probe.notes.end());
    return findings;
  }
  return {.intruders = {fmt::format("{} fails with control's version of {}: the change also alters what measures it",
                                    probe.failed, fmt::join(probe.read, ", "))},
          .changed = {},
          .notes = {}};
}

}  // namespace assay::engine
