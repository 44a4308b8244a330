#include "experiments/engine/harness_probe.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/host/files/access_times.hpp"
#include "experiments/engine/controls_versions.hpp"
#include "experiments/engine/failed_trial.hpp"
#include "experiments/engine/repeated_trials.hpp"
#include "experiments/trial/audit/harness.hpp"
#include "experiments/trial/checks/check_rule.hpp"
#include "experiments/trial/trial_hooks.hpp"

namespace assay::engine {
namespace {

namespace fs = std::filesystem;

/// Files that say how to build.
constexpr std::array<std::string_view, 6> kBuildFiles = {"Makefile",       "makefile",    "GNUmakefile",
                                                         "CMakeLists.txt", "meson.build", "build.ninja"};
/// Files that say how to test.
constexpr std::array<std::string_view, 4> kTestFiles = {"conftest.py", "package.json", "tox.ini", "noxfile.py"};

bool is_build_file(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return std::find(kBuildFiles.begin(), kBuildFiles.end(), name) != kBuildFiles.end() || name.ends_with(".mk") ||
         name.ends_with(".cmake");
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

/// What fails in one more trial: "check right", "prepare"; empty if all is well. A trial whose program fails by itself
/// is never judged, so that another is run instead, up to `kRepetitions`; if all do, blocks will show it.
std::optional<std::string> failed_harness(
    const HarnessContext& context, const trial::ArmSetup& setup, const trial::TrialMoments& moments = {},
    const std::function<void()>& begin = [] {}) {
  for (int trial = 0; trial < kRepetitions; ++trial) {
    begin();
    const trial::TrialReport report = context.runner.run_once(setup, moments);
    std::optional<std::string> failed = failed_step(report, setup.cell, context.references);
    if (failed || is_measured(report.trial.outcome)) return failed;
  }
  return std::nullopt;
}

/// Which files of a clone are read between two moments. A link stands for the file that it leads to.
class ClonesReadings {
 public:
  ClonesReadings(const std::string& top, const std::vector<std::string>& paths) : top_(fs::canonical(top)) {
    for (const std::string& path : paths) {
      std::error_code failure;
      const std::string file = fs::canonical(top_ / path, failure).lexically_relative(top_).string();
      if (!failure && !file.empty() && !file.starts_with("..")) led_to_[file].insert(path);
    }
    for (const auto& [file, by] : led_to_) files_.insert(file);
    begin();
  }

  void begin() { readings_.emplace(top_, files_); }
  /// What was read since then, by the paths that lead there.
  [[nodiscard]] std::set<std::string> so_far() const {
    std::set<std::string> paths;
    for (const std::string& file : readings_->so_far()) paths.insert(led_to_.at(file).begin(), led_to_.at(file).end());
    return paths;
  }

 private:
  fs::path top_;
  std::map<std::string, std::set<std::string>> led_to_;
  std::set<std::string> files_;
  std::optional<host::Readings> readings_;
};

/// Which files each stage of a trial reads.
struct Readers {
  std::set<std::string> prepare;
  std::set<std::string> program;
  std::set<std::string> judges;  ///< checks, normalisers and the hooks that conclude
};

/// \returns nothing if every trial fails, which blocks will show
std::optional<Readers> readers_in(const HarnessContext& context, const trial::ArmSetup& setup,
                                  const std::vector<std::string>& possible) {
  ClonesReadings files(setup.source, possible);
  Readers readers;
  const trial::TrialMoments moments{.starts =
                                        [&] {
                                          readers.prepare = files.so_far();
                                          files.begin();
                                        },
                                    .is_judged =
                                        [&] {
                                          readers.program = files.so_far();
                                          files.begin();
                                        }};
  const RepeatedTrials trials =
      repeated_until_one_passes([&] { return failed_harness(context, setup, moments, [&] { files.begin(); }); });
  if (failed_always(trials)) return std::nullopt;
  readers.judges = files.so_far();
  return readers;
}

/// The files that are harness, among those that may be.
struct HarnessFiles {
  std::vector<std::string> own;     ///< hooks, checks or normalisers read them, and the program does not
  std::vector<std::string> shared;  ///< checks or normalisers read them, and so does the program
};

/// Whether treatment cannot show who reads a file of control: it lacks it, cannot run it, or has a link in its place.
bool is_seen_in_control(const HarnessContext& context, const trial::ArmSetup& treatment, const std::string& path) {
  std::error_code ignored;
  const fs::file_status control = fs::symlink_status(fs::path(context.control.source) / path, ignored);
  const fs::file_status changed = fs::symlink_status(fs::path(treatment.source) / path, ignored);
  const auto may_run = [](const fs::file_status& status) {
    return (status.permissions() & fs::perms::owner_exec) != fs::perms::none;
  };
  return fs::is_regular_file(control) && (!fs::is_regular_file(changed) || may_run(control) != may_run(changed));
}

HarnessFiles files_read_by_harness(const HarnessContext& context, const trial::ArmSetup& treatment,
                                   const std::vector<std::string>& possible) {
  std::optional<Readers> readers = readers_in(context, treatment, possible);
  std::vector<std::string> only_in_control;
  std::copy_if(possible.begin(), possible.end(), std::back_inserter(only_in_control),
               [&](const std::string& path) { return is_seen_in_control(context, treatment, path); });
  // Control runs in any case, so that it is as warm as treatment.
  std::optional<Readers> of_control = readers_in(context, context.control, only_in_control);
  if (!readers) return {};
  if (of_control) {
    readers->prepare.merge(of_control->prepare);
    readers->program.merge(of_control->program);
    readers->judges.merge(of_control->judges);
  }
  const bool is_built = !context.plan.variable.source->build.empty();
  HarnessFiles files;
  for (const std::string& path : possible) {
    const bool is_harness = is_named_like_a_harness(path);
    const bool is_for_harness_only = is_harness || !readers->program.contains(path);
    // Without a build step, a prepare may build the program, so only what is named like a test counts there.
    const bool may_be_prepared_by = is_harness || (is_built && is_for_harness_only);
    const bool is_prepared_by_it = may_be_prepared_by && !is_build_file(path) && readers->prepare.contains(path);
    const bool is_judged_by_it = readers->judges.contains(path);
    if (is_prepared_by_it || (is_judged_by_it && is_for_harness_only)) {
      files.own.push_back(path);
    } else if (is_judged_by_it) {
      files.shared.push_back(path);
    }
  }
  return files;
}

/// Trials of treatment with control's versions of these files in place, from the start or only while it is judged.
RepeatedTrials trials_with_controls(const HarnessContext& context, const trial::ArmSetup& setup,
                                    const std::vector<std::string>& paths, bool only_while_judged) {
  std::optional<ControlsVersions> in_place;
  const auto place = [&] { in_place.emplace(context.control.source, setup.source, paths, context.scratch); };
  if (!only_while_judged) {
    place();
    return repeated_until_one_passes([&] { return failed_harness(context, setup); });
  }
  return repeated_until_one_passes([&] {
    const std::optional<std::string> failed = failed_harness(context, setup, {.is_judged = place});
    in_place.reset();
    return failed;
  });
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
  const std::string name = fs::path(path).filename().string();
  return is_build_file(path) || std::find(kTestFiles.begin(), kTestFiles.end(), name) != kTestFiles.end() ||
         std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return path.find(word) != std::string::npos; });
}

namespace {

HarnessProbe probe_own(const HarnessContext& context, const trial::ArmSetup& treatment,
                       const std::vector<std::string>& paths) {
  const RepeatedTrials with_controls = trials_with_controls(context, treatment, paths, false);
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

}  // namespace

HarnessProbe probe_harness(const HarnessContext& context, const trial::ArmSetup& treatment,
                           const std::vector<std::string>& possible) {
  if (!host::keeps_access_times(fs::path(context.scratch).parent_path())) {
    return {.notes = {fmt::format(
                "whether checks or hooks read {} cannot be told here: TMPDIR lies on a file system that keeps "
                "no access times",
                first_names(possible))}};
  }
  const HarnessFiles files = files_read_by_harness(context, treatment, possible);
  HarnessProbe probe = files.own.empty() ? HarnessProbe{} : probe_own(context, treatment, files.own);
  if (files.shared.empty()) return probe;
  const OneTrial own_trial = [&] { return failed_harness(context, treatment); };
  const RepeatedTrials with_controls = trials_with_controls(context, treatment, files.shared, true);
  if (failed_always(with_controls) && failed_never(repeated(own_trial))) probe.shared = files.shared;
  return probe;
}

HarnessFindings findings_of(const Plan& plan, const HarnessProbe& probe) {
  if (probe.failed.empty()) {
    HarnessFindings findings = harmless(plan, probe.read);
    findings.notes.insert(findings.notes.end(), probe.notes.begin(), probe.notes.end());
    findings.changed.insert(findings.changed.end(), probe.shared.begin(), probe.shared.end());
    return findings;
  }
  return {.intruders = {fmt::format("{} fails with control's version of {}: the change also alters what measures it",
                                    probe.failed, fmt::join(probe.read, ", "))},
          .changed = {},
          .notes = {}};
}

}  // namespace assay::engine
