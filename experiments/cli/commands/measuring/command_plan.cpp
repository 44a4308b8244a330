#include <algorithm>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/machine/cpus.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/lab_links.hpp"
#include "experiments/attempt/start.hpp"
#include "experiments/campaign/idea_ceiling.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/design/packing.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/planning/chances_text.hpp"
#include "experiments/report/planning/plan_document.hpp"
#include "experiments/report/planning/plan_text.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/noise_options.hpp"
#include "experiments/screen/refusal_text.hpp"
#include "experiments/trial/audit/audit.hpp"

namespace assay::cli {
namespace {

/// Enough to know each share to 2 points, and few enough to take only seconds.
constexpr int kPlayed = 500;

struct PlanOptions {
  std::string file;
  attempt::FileOverrides overrides;
  attempt::RunOptions running;  ///< the environment only
  std::optional<int> attempt;
  PlanNoiseOptions noise;
  bool json = false;
};

CommandLine command_line(PlanOptions& options) {
  CommandLine line(
      {.name = "plan",
       .synopsis = "FILE",
       .about = "Shows what running an experiment would do: arms, looks, order of the trials, error rates, cost, the "
                "ceiling of an idea; "
                "and, given its noise by a guess, a trace, a record, an interrupted attempt or a pilot, the chance of "
                "each verdict. Runs nothing except a pilot. A seed that the file leaves open is drawn only for this "
                "display.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused, ExitCode::interrupted}),
       .examples = {"assay plan experiment.toml", "assay plan --noise 3% --json experiment.toml",
                    "assay plan --pilot 10 experiment.toml", "assay plan --environment ci experiment.toml"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.file), Occurs::once);
  add_plan_noise_options(line, options.noise);
  line.option("attempt", {"N", "which attempt (default: the one that a run would make): the first has most of alpha"},
              into(options.attempt, {1, 100}));
  line.option("engine", {"NAME", "local; simulated: draw trials from the file's [simulated]; slurm: on a cluster"},
              into(options.overrides.engine));
  line.option("seed", {"NUMBER", "seed of every random choice, in place of the file's"}, into(options.overrides.seed));
  line.option("max-blocks,M", {"N", "cap of blocks, in place of the file's"},
              into(options.overrides.max_blocks, {6, 10000}));
  line.option("environment",
              {"NAME",
               "the class of machine to plan for, as run has it (default: the first in .assay/environments.toml that "
               "this machine matches, else local)"},
              into_environment_name(options.running.environment_name));
  line.option("json", {"", "print one JSON object, the whole plan in it"}, into(options.json));
  return line;
}

/// The chances, unless nothing was given to simulate them with, or the pilot was interrupted.
struct GivenChances {
  std::optional<planning::Chances> chances;
  bool interrupted = false;
};

GivenChances chances_for(const PlanOptions& options, const attempt::ExperimentFile& experiment, const Plan& plan,
                         const planning::PlanFacts& facts) {
  if (!is_given(options.noise)) return {};
  if (const std::optional<planning::Unplayable> reason = planning::why_not_simulated(plan)) {
    std::string text = report::unplayable_text(*reason, plan);
    if (*reason == planning::Unplayable::no_cap) text += ": give --max-blocks";
    if (!facts.forecast) throw Error(text);
    print_remark("assay: " + text);  // a guess still has its forecast
    return {};
  }
  const std::optional<planning::ExpectedNoise> noise = expected_noise(options.noise, experiment, options.running, plan);
  if (!noise) return {.chances = std::nullopt, .interrupted = true};
  return {.chances =
              chances_of(plan, facts.levels, *noise, {.attempts = kPlayed, .threads = thread_count(std::nullopt)})};
}

/// None outside a lab.
std::vector<Neighbour> neighbours_of(const attempt::ExperimentFile& experiment, const attempt::RunOptions& running) {
  const std::optional<record::Lab> lab = attempt::find_lab(experiment);
  if (!lab) return {};
  return attempt::planned_neighbours(attempt::plan_question(experiment, running), record::list_records(*lab));
}

/// Empty outside a lab, or if the plan names no phase.
campaign::IdeaCeilings ceilings_of(const attempt::ExperimentFile& experiment, const Plan& plan) {
  const std::optional<record::Lab> lab = attempt::find_lab(experiment);
  if (plan.phase.empty() || !lab) return {};
  return campaign::idea_ceilings(*lab, plan);
}

/// \throws Error (refused) if the idea cannot reach its margin whatever it does to the phase.
void require_reachable(const campaign::IdeaCeilings& ceilings, const Plan& plan) {
  if (ceilings.is_reachable) return;
  std::vector<std::string> cells;
  for (const PhaseCeiling& ceiling : ceilings.cells) cells.push_back(report::ceiling_text(ceiling));
  throw Error(fmt::format("{} cannot gain its margin of {}: {}", plan.id,
                          report::margin_text(plan.metrics.at(primary_metric(plan))), fmt::join(cells, "; ")),
              ErrorKind::refused);
}

report::RunProspect shown(const attempt::Prospect& prospect) {
  using report::RunAct;
  if (const auto* const begins = std::get_if<attempt::BeginsAttempt>(&prospect)) {
    return {.act = RunAct::begins, .attempt = begins->attempt, .blocks = 0, .why = {}};
  }
  if (const auto* const goes_on = std::get_if<attempt::GoesOn>(&prospect)) {
    return {.act = RunAct::goes_on, .attempt = goes_on->attempt, .blocks = goes_on->blocks, .why = {}};
  }
  return {.act = RunAct::refuses, .attempt = 0, .blocks = 0, .why = error_of(std::get<Refusal>(prospect)).what()};
}

/// Empty outside a lab.
std::optional<report::RunProspect> prospect_in(const std::optional<record::Lab>& lab,
                                               const attempt::ExperimentFile& experiment,
                                               const attempt::RunOptions& running) {
  if (!lab) return std::nullopt;
  return shown(attempt::prospect_of(experiment, attempt::plan_question(experiment, running), *lab));
}

/// The attempt that a run would make; the first if it would refuse.
int attempt_of(const std::optional<report::RunProspect>& prospect, const attempt::ExperimentFile& experiment) {
  const int attempts = attempt::definition_of(experiment).protocol.attempts;
  return prospect ? std::clamp(prospect->attempt, 1, attempts) : 1;
}

}  // namespace

ExitCode command_plan(const Arguments& arguments) {
  PlanOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_plan_noise_options(options.noise);
  const attempt::ExperimentFile experiment = read_experiment(options.file, options.overrides);
  design::FreezeContext context = attempt::caller_context(experiment.folder);
  const std::optional<record::Lab> lab = record::Lab::find(experiment.folder);
  const std::optional<report::RunProspect> prospect = prospect_in(lab, experiment, options.running);
  context.attempt = options.attempt.value_or(attempt_of(prospect, experiment));
  context.environment_name = attempt::environment_of(experiment, options.running);
  context.budget = attempt::environment_budget(lab, context.environment_name);
  Plan plan = design::freeze(attempt::definition_of(experiment), context);
  attempt::name_attributions(plan, attempt::find_lab(experiment));
  design::add_groups(plan, host::cpus_for_trials());
  const planning::PlanFacts facts =
      for_option("--noise", [&] { return planning::plan_facts(plan, guess_of(options.noise)); });
  const campaign::IdeaCeilings ceilings = ceilings_of(experiment, plan);
  require_reachable(ceilings, plan);
  const GivenChances given = chances_for(options, experiment, plan, facts);
  if (given.interrupted) return ExitCode::interrupted;
  const report::PlanPreview preview{.plan = plan,
                                    .sha256 = host::sha256(formats::plan_json(plan)),
                                    .variable_name = trial::name_of(plan.variable),
                                    .facts = facts,
                                    .guard_costs = planning::guard_costs(plan),
                                    .chances = given.chances,
                                    .ceilings = ceilings.cells,
                                    .neighbours = neighbours_of(experiment, options.running),
                                    .prospect = prospect};
  if (options.json) {
    print_json(report::plan_document(preview));
  } else {
    print_output(report::plan_text(preview));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
