#include "experiments/cli/attempt_start.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "experiments/cli/attempt_history.hpp"
#include "experiments/cli/shell_words.hpp"
#include "experiments/cli/target_rule.hpp"
#include "experiments/formats/hypothesis_json.hpp"
#include "experiments/formats/plan_json.hpp"

namespace assay::cli {
namespace {

/// A simulation says nothing of any machine: its verdicts are kept apart from all others.
constexpr const char* kSimulated = "simulated";

std::string environment_name(const ExperimentFile& experiment, const MeasuringOptions& options) {
  if (options.environment_name) return *options.environment_name;
  return experiment.definition.simulation ? kSimulated : Plan{}.environment_name;
}

/// The plan of a first attempt: what the file says at this moment.
Plan plan_now(const ExperimentFile& experiment, const MeasuringOptions& options, int attempt) {
  design::Circumstances circumstances = caller_circumstances(experiment.folder);
  circumstances.environment_name = environment_name(experiment, options);
  circumstances.attempt = attempt;
  return design::freeze(experiment.definition, circumstances);
}

record::HypothesisPlace place_of(const Plan& plan) {
  return {host::sha256(formats::hypothesis_json(plan)), plan.environment_name};
}

/// The plan of the attempt that is next.
Plan next_plan(const ExperimentFile& experiment, const MeasuringOptions& options, const AttemptHistory& history) {
  Plan plan = plan_now(experiment, options, history.spent + 1);
  if (history.standing.reopened_by) plan.reopened_by = history.standing.reopened_by->sha256;
  return plan;
}

/// Whether the file still says what the open attempt was planned from. What a new plan would take from the moment (an
/// open seed, the caller's environment) is left out.
bool is_still_planned(const ExperimentFile& experiment, Plan now, const Plan& then) {
  if (!experiment.definition.seed) now.seed = then.seed;
  now.environment = then.environment;
  now.secrets = then.secrets;
  now.attempt = then.attempt;
  now.reopened_by = then.reopened_by;
  return formats::plan_json(now) == formats::plan_json(then);
}

JournalledAttempt take_up(const host::AttemptRow& row, const record::Lab& lab) {
  Plan plan = formats::parse_plan(row.plan_json);
  plan = design::with_secrets(std::move(plan), host::caller_environment(),
                              [](std::string_view text) { return host::sha256(text); });
  return {row.id, std::move(plan), row.plan_sha256, lab.build_logs_folder(row.plan_sha256)};
}

void set_cap(ExperimentFile& experiment, int max_blocks) {
  Protocol& protocol = experiment.definition.protocol;
  if (protocol.fixed) {
    throw Error(
        fmt::format("{}: its protocol has blocks = {}, so -M (--max-blocks) {} has nothing to cap; change the file",
                    experiment.name, protocol.max_blocks, max_blocks));
  }
  protocol.max_blocks = max_blocks;
}

}  // namespace

ExperimentFile read_experiment(const std::string& file, const PlanOverrides& overrides) {
  ExperimentFile experiment;
  experiment.name = file;
  experiment.definition = parse_definition_file(file);
  experiment.folder = folder_of(file);
  definition::Definition& definition = experiment.definition;
  if (overrides.engine == EngineName::local) definition.simulation.reset();
  if (overrides.engine == EngineName::simulated && !definition.simulation) definition.simulation.emplace();
  if (overrides.seed) definition.seed = overrides.seed;
  if (overrides.max_blocks) set_cap(experiment, *overrides.max_blocks);
  try {
    definition::check_definition(definition);
    resolve_variable(definition, experiment.folder, EqualLevels::refused);
  } catch (const Error& error) {
    throw error.within(file);
  }
  return experiment;
}

record::Lab lab_of(const ExperimentFile& experiment) {
  std::optional<record::Lab> lab = record::Lab::find(experiment.folder);
  if (!lab) lab = record::Lab::find(std::filesystem::current_path().string());
  if (!lab) {
    throw Error(fmt::format("no lab above {}: make one with: {}", experiment.folder,
                            shell_words({"assay", "init", experiment.folder})));
  }
  return *lab;
}

JournalledAttempt start_or_resume(const ExperimentFile& experiment, const record::Lab& lab, host::Journal& journal,
                                  const MeasuringOptions& options) {
  const Plan now = plan_now(experiment, options, 1);
  const AttemptHistory history = history_of(lab, journal, place_of(now));
  if (history.open) {
    const Plan then = formats::parse_plan(history.open->plan_json);
    if (is_still_planned(experiment, now, then)) return take_up(*history.open, lab);
    if (!journal.blocks(history.open->id).empty()) {
      throw Error(
          fmt::format("{} changed since its attempt {} was begun: restore it to go on, or end the attempt with: "
                      "{}",
                      experiment.name, then.attempt, shell_words({"assay", "close", experiment.name})));
    }
    // Nothing was measured: the attempt was not spent.
    journal.finish_attempt(history.open->id, host::AttemptStatus::closed, "");
  }
  refuse_what_is_settled(history, {experiment.definition.id, experiment.definition.protocol});
  refuse_looser_targets(lab, experiment.definition, place_of(now));
  JournalledAttempt attempt = open_attempt(journal, next_plan(experiment, options, history));
  attempt.build_logs = lab.build_logs_folder(attempt.plan_sha256);
  return attempt;
}

record::HypothesisPlace place_of(const ExperimentFile& experiment, const MeasuringOptions& options) {
  return place_of(plan_now(experiment, options, 1));
}

std::optional<JournalledAttempt> find_open_attempt(const ExperimentFile& experiment, const record::Lab& lab,
                                                   const host::Journal& journal, const MeasuringOptions& options) {
  const AttemptHistory history = history_of(lab, journal, place_of(experiment, options));
  if (!history.open) return std::nullopt;
  // Nothing will be run: the secrets are not needed.
  return JournalledAttempt{history.open->id, formats::parse_plan(history.open->plan_json), history.open->plan_sha256,
                           lab.build_logs_folder(history.open->plan_sha256)};
}

}  // namespace assay::cli
