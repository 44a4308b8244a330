#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/cli/advice_command.hpp"
#include "experiments/cli/attempt_start.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/measuring.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/cli/shell_words.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::cli {
namespace {

struct RunOptions {
  std::vector<std::string> files;
  PlanOverrides overrides;
  MeasuringOptions measuring;
  OutputOptions output;
  ResultOptions result;
};

CommandLine command_line(RunOptions& options) {
  CommandLine line({.name = "run",
                    .synopsis = "FILE...",
                    .about =
                        "Runs experiments to a verdict, records it in the lab above each file, and writes its entry in "
                        "DECISIONS.md. An attempt that was interrupted is taken up where it stopped.",
                    .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive,
                                   ExitCode::invalid, ExitCode::refused, ExitCode::interrupted},
                    .examples = {"assay run experiment.toml", "assay run --json --wait '0 s' experiment.toml"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.files), Occurs::at_least_once);
  line.begin_group("Experiment");
  line.option("engine", {"NAME", "local: run the commands here; simulated: draw trials from the file's [simulated]"},
              into(options.overrides.engine));
  line.option("seed", {"NUMBER", "of every random choice, in place of the file's"}, into(options.overrides.seed));
  line.option("max-blocks,M", {"N", "cap of blocks, in place of the file's"},
              into(options.overrides.max_blocks, {6, kMostBlocks}));
  add_measuring_options(line, options.measuring);
  add_output_options(line, options.output);
  add_result_options(line, options.result);
  return line;
}

/// How one experiment ended.
struct Ending {
  AttemptHeading heading;
  Plan plan;
  AttemptResult result;
  bool interrupted = false;
  std::string advice;  ///< the command to go on
};

/// What the command line asks for one file, to be said again in advice.
Arguments words_for(const std::string& file, const RunOptions& options) {
  Arguments words = {"run"};
  if (options.overrides.engine != EngineName::local) {
    words.insert(words.end(), {"--engine", std::string(to_string(options.overrides.engine))});
  }
  if (options.overrides.seed) words.insert(words.end(), {"--seed", options.overrides.seed->to_string()});
  if (options.overrides.max_blocks) {
    words.insert(words.end(), {"--max-blocks", std::to_string(*options.overrides.max_blocks)});
  }
  if (options.measuring.environment_name) {
    words.insert(words.end(), {"--environment", *options.measuring.environment_name});
  }
  words.push_back(file);
  return words;
}

Ending run_experiment(const ExperimentFile& experiment, const RunOptions& options) {
  const std::string actor = record::current_actor(options.measuring.actor);
  const record::Lab lab = lab_of(experiment);
  host::Journal journal(lab.journal_path());
  const host::MeasuringLock lock = take_measuring_lock("assay run " + experiment.definition.id, options.measuring);
  const JournalledAttempt attempt = start_or_resume(experiment, lab, journal, options.measuring);
  session::SessionEnd end = measure(attempt, journal, lock, options.output);
  Ending ending;
  ending.heading.command = "run";
  ending.heading.plan_sha256 = attempt.plan_sha256;
  ending.heading.actor = actor;
  ending.interrupted = end.interrupted;
  if (!end.interrupted) {
    const std::optional<Record> record = file_record(lab, journal, attempt.id, host::AttemptStatus::finished,
                                                     make_record(attempt, journal, end.result, actor));
    if (record) ending.heading = heading_of("run", *record, record::record_sha256(lab, *record));
  }
  ending.plan = attempt.plan;
  ending.result = std::move(end.result);
  ending.advice = advice_command(words_for(experiment.name, options), ending.plan, ending.result);
  return ending;
}

/// One object for one file; for several an object with a list of them.
void print_as_json(const std::vector<Ending>& endings, std::size_t files) {
  nlohmann::json results = nlohmann::json::array();
  for (const Ending& ending : endings) results.push_back(result_object(ending.heading, ending.plan, ending.result));
  if (files == 1) {
    if (!results.empty()) print_json(results.front());
  } else {
    print_json({{"schema_version", 1}, {"command", "run"}, {"results", std::move(results)}});
  }
}

/// Of several experiments the exit code that asks for most attention.
ExitCode most_serious(ExitCode one, ExitCode other) {
  constexpr std::array kBySeverity = {ExitCode::ok, ExitCode::inconclusive, ExitCode::worse, ExitCode::invalid,
                                      ExitCode::interrupted};
  const auto rank = [&](ExitCode code) { return std::find(kBySeverity.begin(), kBySeverity.end(), code); };
  return rank(one) < rank(other) ? other : one;
}

ExitCode run_all(const std::vector<ExperimentFile>& experiments, const RunOptions& options,
                 std::vector<Ending>& endings) {
  ExitCode code = ExitCode::ok;
  for (const ExperimentFile& experiment : experiments) {
    const Ending& ending = endings.emplace_back(run_experiment(experiment, options));
    if (!options.output.json) {
      print_result(ending.heading, ending.plan, ending.result, options.output, options.result, ending.advice);
    }
    if (ending.interrupted) {
      print_remark(
          fmt::format("assay: interrupted; go on with: assay {}", shell_words(words_for(experiment.name, options))));
      return ExitCode::interrupted;
    }
    code = most_serious(code, exit_code_of(ending.result, options.result));
  }
  return code;
}

}  // namespace

ExitCode command_run(const Arguments& arguments) {
  RunOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);

  std::vector<ExperimentFile> experiments;  // all are read before the first is run: a mistake is told at once
  for (const std::string& file : options.files) experiments.push_back(read_experiment(file, options.overrides));
  std::vector<Ending> endings;
  try {
    const ExitCode code = run_all(experiments, options, endings);
    if (options.output.json) print_as_json(endings, experiments.size());
    return code;
  } catch (const Error&) {
    if (options.output.json && !endings.empty()) print_as_json(endings, experiments.size());
    throw;
  }
}

}  // namespace assay::cli
