#include "experiments/campaign/gate/gate.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/machine.hpp"
#include "core/host/source/repository.hpp"
#include "experiments/attempt/comparison.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/campaign/gate/base_copy.hpp"
#include "experiments/campaign/gate/gate_rules.hpp"
#include "experiments/campaign/gate/gated_experiment.hpp"
#include "experiments/campaign/gate/stored_gate.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/trial/sources/arm_builder.hpp"
#include "experiments/trial/sources/resolve_variable.hpp"

namespace assay::campaign {
namespace {

namespace fs = std::filesystem;

/// The ways in which judging one experiment ends.
using Judged = std::variant<GateFinding, GateInterrupted, Refusal>;

/// A loss that is shown and does not reach the threshold passes, but not in silence.
std::string note_on_small_loss(const AttemptResult& result) {
  if (gate_outcome(result) != GateOutcome::passed) return "";
  const bool any = std::any_of(result.comparisons.begin(), result.comparisons.end(), [](const Comparison& comparison) {
    const MetricResult& primary = comparison.metrics.front();
    return primary.effect && decide::turned(primary.metric, primary.effect->interval).low > 0;
  });
  return any ? "a loss is shown, and it is smaller than the alert threshold" : "";
}

/// Paths from the top of the repository.
std::vector<std::string> from_top(const std::vector<std::string>& files, const std::string& top) {
  std::vector<std::string> paths;
  for (const std::string& file : files) {
    const fs::path path = fs::weakly_canonical(file).lexically_relative(fs::weakly_canonical(top));
    if (path.empty() || *path.begin() == "..") throw Error(fmt::format("{} lies outside the repository {}", file, top));
    paths.push_back(path.string());
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

/// Judges the experiments of one gate.
class Judge {
 public:
  Judge(const GateRequest& request, const GateCommits& commits, const BaseCopy& base, host::Launcher& launcher,
        attempt::Observer& observer)
      : request_(request), commits_(commits), base_(base), launcher_(launcher), observer_(observer) {}

  /// Must be called before the first experiment is judged.
  void take(const GateRules& rules) {
    alert_ = rules.policy.alert;
    experiments_ = static_cast<int>(std::max<std::size_t>(1, rules.experiments.size()));
    control_ = with_rules_of_base(rules, commits_.control);
    change_ = with_rules_of_base(rules, commits_.change.commit);
  }

  Judged judge(const std::string& file) const {
    const std::optional<std::string> text = base_.text_of(file);
    if (!text) {
      return GateFinding{
          .file = file, .outcome = GateOutcome::no_base, .note = "the base does not have this experiment"};
    }
    const std::string name = fmt::format("{} of the base", file);
    definition::Definition definition = definition::parse_definition({name, *text});
    const std::string folder = (fs::path(base_.folder()) / file).parent_path().string();
    try {
      definition = gated(std::move(definition),
                         {.control = control_, .change = change_, .alert = alert_, .experiments = experiments_});
    } catch (const Error& error) {
      throw error.within(name);
    }
    try {
      definition.variable = trial::resolved(std::move(definition.variable), folder, launcher_);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::refused) throw;
      return GateFinding{.file = file, .outcome = GateOutcome::invalid, .note = error.what()};
    }
    const auto tree = [&definition](std::size_t arm) {
      return std::get<SourceLevel>(definition.variable.levels[arm].value).tree;
    };
    if (tree(0) == tree(1)) {
      return GateFinding{.file = file,
                         .outcome = GateOutcome::unchanged,
                         .note = "base and change hold the same files besides those that judge"};
    }
    Judged judged = measured(std::move(definition), folder);
    if (auto* finding = std::get_if<GateFinding>(&judged)) finding->file = file;
    return judged;
  }

 private:
  [[nodiscard]] GatedCommit with_rules_of_base(const GateRules& rules, const std::string& commit) const {
    const std::vector<std::string> paths = files_to_restore(base_, rules, commit);
    return {commit, paths.empty() ? "" : base_.write_restoring_patch(commit, paths)};
  }

  Judged measured(definition::Definition definition, const std::string& folder) const {
    if (request_.basis == GateBasis::stored_baseline) return stored(std::move(definition), folder, "");
    try {
      return interleaved(definition, folder);
    } catch (const trial::BuildFailed& failure) {
      if (failure.arm() == kControl) return stored(std::move(definition), folder, failure.with_last_lines());
      return GateFinding{.outcome = GateOutcome::invalid, .note = failure.with_last_lines()};
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::refused) throw;
      return GateFinding{.outcome = GateOutcome::invalid, .note = error.what()};
    }
  }

  Judged interleaved(const definition::Definition& definition, const std::string& folder) const {
    attempt::Ending ending =
        attempt::run_comparison({definition, folder, attempt::Keep::nothing}, request_.running, observer_);
    if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
    if (std::holds_alternative<attempt::Interrupted>(ending)) return GateInterrupted{};
    attempt::Outcome& outcome = std::get<attempt::Finished>(ending).outcome;
    GateFinding finding{.outcome = gate_outcome(outcome.result), .note = note_on_small_loss(outcome.result)};
    finding.measured = {std::move(outcome.plan), std::move(outcome.plan_sha256), std::move(outcome.blocks),
                        std::move(outcome.result)};
    return finding;
  }

  Judged stored(definition::Definition definition, const std::string& folder, const std::string& why) const {
    try {
      std::optional<GateFinding> finding =
          against_stored({std::move(definition), base_, folder, alert_, why}, request_.running, observer_);
      if (!finding) return GateInterrupted{};
      return *std::move(finding);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::refused) throw;
      return GateFinding{.outcome = GateOutcome::invalid, .basis = GateBasis::stored_baseline, .note = error.what()};
    }
  }

  const GateRequest& request_;
  const GateCommits& commits_;
  const BaseCopy& base_;
  host::Launcher& launcher_;
  attempt::Observer& observer_;
  Percent alert_;
  int experiments_ = 1;
  GatedCommit control_;
  GatedCommit change_;
};

}  // namespace

GateEnding run_gate(const GateRequest& request, attempt::Observer& observer) {
  host::Launcher launcher;
  const GateCommits commits = find_commits(launcher, request.folder, request.base, request.change);
  const BaseCopy base(launcher, commits);
  if (host::has_uncommitted_changes(launcher, commits.repository)) {
    observer.note("the working tree has changes that no commit holds: a gate judges commits only");
  }
  GateRules rules = read_rules(base, from_top(request.files, commits.repository.top));
  GateReport report{.base = commits.base, .change = commits.change, .has_policy = rules.has_policy};
  if (commits.control != commits.base.commit) report.control = commits.control;
  report.machine = host::read_machine();
  report.policy = rules.policy;
  RuleChanges changed = changed_rules(base, rules);
  report.rule_changes = std::move(changed.changes);
  report.blind_spots = std::move(changed.blind_spots);
  report.not_asked = rules.not_asked;
  report.environment_name = attempt::environment_here(record::Lab::find(base.folder()), request.running);
  std::set<std::string> files(rules.experiments.begin(), rules.experiments.end());
  for (std::string& added : new_experiments(base, rules)) files.insert(std::move(added));
  Judge judge(request, commits, base, launcher, observer);
  judge.take(rules);
  for (const std::string& file : files) {
    Judged judged = judge.judge(file);
    if (auto* refusal = std::get_if<Refusal>(&judged)) return std::move(*refusal);
    if (std::holds_alternative<GateInterrupted>(judged)) return GateInterrupted{std::move(report)};
    report.findings.push_back(std::get<GateFinding>(std::move(judged)));
  }
  return report;
}

}  // namespace assay::campaign
