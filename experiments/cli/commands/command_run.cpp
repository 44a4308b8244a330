#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/shell_words.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/cli/progress.hpp"
#include "experiments/cli/wording/refusal_text.hpp"

namespace assay::cli {
namespace {

using attempt::ExperimentFile;
using attempt::Outcome;

struct RunCommandOptions {
  std::vector<std::string> files;
  attempt::FileOverrides overrides;
  attempt::RunOptions running;
  OutputOptions output;
  ResultOptions result;
  ExportOptions exports;
  std::optional<nanoseconds> pause_after;
};

CommandLine command_line(RunCommandOptions& options) {
  CommandLine line({.name = "run",
                    .synopsis = "FILE...",
                    .about =
                        "Runs experiments to a verdict, records it in the lab above each file, and writes its entry in "
                        "DECISIONS.md. An interrupted attempt goes on where it stopped.",
                    .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive,
                                   ExitCode::invalid, ExitCode::refused, ExitCode::interrupted},
                    .examples = {"assay run experiment.toml", "assay run --json --wait '0 s' experiment.toml"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.files), Occurs::at_least_once);
  line.begin_group("Experiment");
  line.option("engine",
              {"NAME",
               "local: run the commands here; simulated: draw trials as the file's [simulated] says; slurm: run the "
               "blocks up to each look at once, on the nodes of a cluster"},
              into(options.overrides.engine));
  line.option("seed", {"NUMBER", "seed of every random choice, in place of the file's"}, into(options.overrides.seed));
  line.option("max-blocks,M", {"N", "cap of blocks, in place of the file's"},
              into(options.overrides.max_blocks, {6, kMostBlocks}));
  line.option("vigilant",
              {"",
               "after the last block, run three more trials of each arm that nothing announces, in another place: an "
               "improvement that only measured trials show is held back"},
              into(options.overrides.vigilant));
  line.option("allow",
              {"WHAT",
               "go on although less of WHAT is asked for than in an earlier attempt, as the refusal names it; may be "
               "given several times, with --why"},
              into(options.running.allowance.labels));
  line.option("why", {"TEXT", "why that is enough; it becomes part of the plan and of the record"},
              into(options.running.allowance.why));
  line.option("pause-after",
              {"TIME",
               "begin no new block after this time and end with 130; the same command goes on, also on another machine "
               "with the same processor and image, if the folder .assay is brought there"},
              into(options.pause_after));
  add_futility_option(line, options.running.futility);
  add_measuring_options(line, options.running);
  add_cluster_options(line, options.running.cluster);
  add_output_options(line, options.output);
  add_result_options(line, options.result);
  add_export_option(line, options.exports);
  return line;
}

/// What was measured for one experiment, and how it is shown.
struct ShownOutcome {
  AttemptHeading heading;
  Outcome outcome;
  std::optional<attempt::FiledRecord> record = {};
  const ExperimentFile* experiment = nullptr;
};

/// A file of several whose experiment was not run.
struct RefusedFile {
  std::string name;
  std::string message;
};

struct ShownOutcomes {
  std::vector<ShownOutcome> shown;
  std::vector<RefusedFile> refused;

  /// The number of files that were seen to an end.
  [[nodiscard]] std::size_t count() const { return shown.size() + refused.size(); }
};

/// What a cluster was asked for, to be said again in advice.
Arguments cluster_words(const ClusterOptions& options) {
  Arguments words;
  const auto add = [&words](std::string_view option, const std::string& value) {
    if (!value.empty()) words.insert(words.end(), {std::string(option), value});
  };
  add("--spool", options.spool);
  add("--partition", options.partition);
  add("--account", options.account);
  add("--time", options.time);
  add("--constraint", options.constraint);
  add("--nodelist", options.node_list);
  add("--gres", options.generic_resources);
  for (const std::string& word : options.arguments) words.push_back("--slurm-arg=" + word);
  if (options.mixed_cpus == MixedCpus::allowed) words.emplace_back("--mixed-cpus");
  return words;
}

/// The command line that asks for one file, to be said again in advice.
Arguments words_for(const std::string& file, const RunCommandOptions& options) {
  Arguments words = {"run"};
  if (options.overrides.engine != attempt::EngineName::local) {
    words.insert(words.end(), {"--engine", std::string(to_string(options.overrides.engine))});
  }
  if (options.overrides.seed) words.insert(words.end(), {"--seed", options.overrides.seed->to_string()});
  if (options.overrides.max_blocks) {
    words.insert(words.end(), {"--max-blocks", std::to_string(*options.overrides.max_blocks)});
  }
  if (options.overrides.vigilant) words.push_back("--vigilant");
  if (options.running.environment_name) {
    words.insert(words.end(), {"--environment", *options.running.environment_name});
  }
  if (options.running.futility == attempt::Futility::ignored) words.emplace_back("--no-futility");
  const Arguments cluster = cluster_words(options.running.cluster);
  words.insert(words.end(), cluster.begin(), cluster.end());
  words.push_back(file);
  return words;
}

/// What a program is told if an arm could not be built or set up, so that nothing was measured in this session.
ShownOutcome unmeasured_outcome(const ExperimentFile& experiment, const RunCommandOptions& options,
                                const std::string& why) {
  ShownOutcome shown;
  shown.heading.command = "run";
  shown.outcome.plan = attempt::plan_experiment(experiment, options.running).plan;
  AttemptResult& result = shown.outcome.result;
  result = blank_result(shown.outcome.plan);
  result.verdict = Verdict::invalid;
  result.reason = VerdictReason::unmeasured;
  result.decision_reason = DecisionReason::invalid;
  result.stop = Stop::failed;
  result.audit.passed = false;
  result.audit.notes = {why};
  return shown;
}

attempt::Ending run_one(const ExperimentFile& experiment, const RunCommandOptions& options,
                        const std::vector<ShownOutcome>& before) {
  ProgressDisplay display(real_progress_output(options.output));
  attempt::RunOptions running = options.running;
  for (const ShownOutcome& one : before) {
    if (one.record) running.received.push_back(one.record->name);
  }
  return attempt::run_experiment(experiment, running, display);
}

void confirm_told(const ShownOutcome& shown) {
  if (shown.record) attempt::confirm_told(*shown.experiment, *shown.record);
}

/// One object for one file; for several an object with a list of them.
void print_as_json(const ShownOutcomes& all, std::size_t files) {
  nlohmann::json results = nlohmann::json::array();
  for (const ShownOutcome& one : all.shown)
    results.push_back(result_object(one.heading, one.outcome.plan, one.outcome.result));
  if (files == 1) {
    if (!results.empty()) print_json(results.front());
  } else {
    nlohmann::json refused = nlohmann::json::array();
    for (const RefusedFile& one : all.refused) refused.push_back({{"file", one.name}, {"message", one.message}});
    print_json(
        {{"schema_version", 1}, {"command", "run"}, {"results", std::move(results)}, {"refused", std::move(refused)}});
  }
  for (const ShownOutcome& one : all.shown) confirm_told(one);
}

Arguments with_futility_ignored(Arguments words) {
  words.insert(words.begin() + 1, "--no-futility");
  return words;
}

/// What can be done with an attempt that paused.
std::string paused_text(const std::string& file, const AttemptResult& result, const Arguments& go_on) {
  return fmt::format(
      "assay: paused: the blocks up to the cap would decide something with a chance of only {:.2g} %; the attempt "
      "stays "
      "open and keeps its blocks; go on with: assay {}; end it with: assay close {}",
      100 * result.futile_chance.value_or(0), shell_words(go_on), shell_words({file}));
}

/// The exit code of the two that asks for more attention.
ExitCode most_serious(ExitCode one, ExitCode other) {
  constexpr std::array kBySeverity = {ExitCode::ok,    ExitCode::inconclusive, ExitCode::refused,
                                      ExitCode::worse, ExitCode::invalid,      ExitCode::interrupted};
  const auto rank = [&](ExitCode code) { return std::find(kBySeverity.begin(), kBySeverity.end(), code); };
  return rank(one) < rank(other) ? other : one;
}

ExitCode run_all(const std::vector<ExperimentFile>& experiments, const RunCommandOptions& options,
                 ShownOutcomes& outcomes) {
  ExitCode code = ExitCode::ok;
  for (const ExperimentFile& experiment : experiments) {
    attempt::Ending ending = run_one(experiment, options, outcomes.shown);
    if (const auto* refusal = std::get_if<Refusal>(&ending)) {
      const Error refused = error_of(*refusal);
      if (experiments.size() == 1) throw refused;
      print_remark(fmt::format("assay: {}", refused.what()));
      outcomes.refused.push_back({experiment.name, refused.what()});
      code = most_serious(code, ExitCode::refused);
      continue;
    }
    const bool interrupted = std::holds_alternative<attempt::Interrupted>(ending);
    const auto* const finished = std::get_if<attempt::Finished>(&ending);
    std::optional<attempt::FiledRecord> filed = finished == nullptr ? std::nullopt : finished->record;
    AttemptHeading heading = heading_of("run", ending);
    const Outcome& outcome = outcomes.shown
                                 .emplace_back(ShownOutcome{std::move(heading), outcome_of(std::move(ending)),
                                                            std::move(filed), &experiment})
                                 .outcome;
    write_exports(options.exports, {outcome.plan, outcome.blocks, outcome.result});
    const Arguments words = words_for(experiment.name, options);
    if (!options.output.json) {
      print_result(outcomes.shown.back().heading, outcome.plan, outcome.result, options.output, options.result,
                   advice_command(words, outcome.plan, outcome.result));
      confirm_told(outcomes.shown.back());
    }
    if (interrupted && outcome.result.stop == Stop::futile) {
      print_remark(paused_text(experiment.name, outcome.result, with_futility_ignored(words)));
      code = most_serious(code, ExitCode::inconclusive);
      continue;
    }
    if (interrupted) {
      print_remark(fmt::format("assay: interrupted; go on with: assay {}", shell_words(words)));
      return ExitCode::interrupted;
    }
    code = most_serious(code, exit_code_of(outcome.result, options.result));
  }
  return code;
}

/// Asks for a stop once the time is over. Elapsed time does not depend on which arm is which, so a pause favours none.
StopSignal pause_after(nanoseconds time) {
  if (time.count() <= 0) throw Error("--pause-after: it must be above 0 s");
  const nanoseconds end = host::monotonic_time() + time;
  return [end] { return host::monotonic_time() >= end ? StopRequest::after_block : StopRequest::none; };
}

/// \throws Error if one of --allow and --why is given without the other, or for several files.
void check_allowance(RunCommandOptions& options) {
  Allowance& allowance = options.running.allowance;
  if (allowance.labels.empty()) {
    if (!allowance.why.empty()) throw Error("--why: it says why something is allowed, so give --allow WHAT, too");
    return;
  }
  allowance.why = given_text("--why", allowance.why);
  if (options.files.size() > 1) throw Error("--allow: what is allowed is one experiment's: give one FILE");
}

}  // namespace

ExitCode command_run(const Arguments& arguments) {
  RunCommandOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_allowance(options);
  options.running.telling = attempt::Telling::when_confirmed;
  if (options.pause_after) options.running.stop = pause_after(*options.pause_after);
  if (options.files.size() > 1) refuse_exports(options.exports, ": give one FILE");

  std::vector<ExperimentFile> experiments;  // all are read before the first is run: a mistake is reported at once
  for (const std::string& file : options.files) experiments.push_back(read_experiment(file, options.overrides));
  ShownOutcomes outcomes;
  try {
    const ExitCode code = run_all(experiments, options, outcomes);
    if (options.output.json) print_as_json(outcomes, experiments.size());
    return code;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::invalid && outcomes.count() < experiments.size()) {
      outcomes.shown.push_back(unmeasured_outcome(experiments[outcomes.count()], options, error.what()));
    }
    if (options.output.json && !outcomes.shown.empty()) print_as_json(outcomes, experiments.size());
    throw;
  }
}

}  // namespace assay::cli
