#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/shell_words.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/exploratory_sessions.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/compare_options.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/cli/progress.hpp"
#include "experiments/planning/self_comparison.hpp"
#include "experiments/report/planning/aa_text.hpp"

namespace assay::cli {
namespace {

using planning::control_against_itself;
using planning::SelfComparison;

/// What is run if no experiment and no command is given: a shell loop of about ten milliseconds.
constexpr const char* kBuiltIn = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done";

struct AaOptions {
  std::optional<std::string> file;
  Arguments command;  ///< after --
  std::optional<Percent> plant;
  std::optional<Percent> margin;
  attempt::FileOverrides overrides;
  std::optional<nanoseconds> max_time;
  attempt::RunOptions running;
  OutputOptions output;
  ExportOptions exports;  ///< of control against itself, without the planted delay
};

CommandLine command_line(AaOptions& options) {
  CommandLine line(
      {.name = "aa",
       .synopsis = "[FILE | -- COMMAND]",
       .about =
           "Runs control against itself through the whole engine on this machine: there is no effect to find. With "
           "--plant it then delays one arm, and that effect must be found. FILE is an experiment; without one the "
           "command after -- is run, or a short shell loop. Records nothing.",
       .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::invalid, ExitCode::refused, ExitCode::interrupted},
       .examples = {"assay aa --plant 3%", "assay aa experiment.toml", "assay aa --plant 5% -- sort words.txt"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.file), Occurs::at_most_once);
  line.begin_group("Protocol");
  line.option("plant", {"PERCENT", "then delay one arm by this share of control's median, and look for the delay"},
              into(options.plant));
  line.option("margin", {"PERCENT", "smallest effect worth acting on, instead of the file's (default 3%)"},
              into(options.margin));
  line.option("max-blocks,M", {"N", "cap of blocks, each time (default the file's, or 200)"},
              into(options.overrides.max_blocks, {6, kMostBlocks}));
  line.option("max-time", {"TIME", "begin no new block after this, each time (default the file's, or 10 min)"},
              into(options.max_time));
  line.option("seed", {"NUMBER", "seed of every random choice, decimal or 0x hexadecimal (default: drawn)"},
              into(options.overrides.seed));
  line.option("engine", {"NAME", "local, or simulated: draw trials from the file's [simulated]"},
              into(options.overrides.engine));
  line.begin_group("Measuring");
  add_wait_option(line, options.running.host_patience);
  add_output_options(line, options.output);
  add_export_option(line, options.exports);
  return line;
}

/// Everything after -- is the command, whatever it looks like.
Arguments split_off_command(const Arguments& arguments, Arguments& command) {
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  if (dashes != arguments.end()) command.assign(dashes + 1, arguments.end());
  return {arguments.begin(), dashes};
}

void check_options(const AaOptions& options) {
  if (options.file && !options.command.empty()) throw Error("aa takes a FILE or a command after --, not both");
  if (options.plant && options.plant->value <= 0) {
    throw Error(fmt::format("--plant: {}% is not above 0%", options.plant->value));
  }
  if (options.margin && options.margin->value <= 0) {
    throw Error(fmt::format("--margin: {}% is not above 0%", options.margin->value));
  }
  if (options.max_time && options.max_time->count() <= 0) throw Error("--max-time: it must be above 0 s");
  if (!options.file && options.overrides.engine == attempt::EngineName::simulated) {
    throw Error("--engine simulated takes its noise from the [simulated] of an experiment: give its FILE");
  }
}

attempt::ExperimentFile command_experiment(const AaOptions& options) {
  const Arguments words = options.command.empty() ? Arguments{"sh", "-c", kBuiltIn} : options.command;
  CompareOptions compare;
  compare.commands = {shell_words(words), shell_words(words)};
  compare.protocol.seed = options.overrides.seed;
  if (options.overrides.max_blocks) compare.protocol.protocol.max_blocks = *options.overrides.max_blocks;
  return attempt::experiment_of("", std::filesystem::current_path().string(), compare_definition(compare));
}

attempt::ExperimentFile experiment_of(const AaOptions& options) {
  attempt::ExperimentFile experiment =
      options.file ? read_experiment(*options.file, options.overrides) : command_experiment(options);
  definition::Definition definition = attempt::definition_of(experiment);
  definition.id = "aa";
  if (options.max_time) definition.protocol.max_time = options.max_time;
  for (Metric& metric : definition.metrics) {
    if (metric.role != MetricRole::primary || !options.margin) continue;
    metric.margin = options.margin;
    metric.margin_is_default = false;
  }
  return attempt::experiment_of(experiment.name, experiment.folder, control_against_itself(std::move(definition)));
}

nanoseconds median_wall(const decide::JudgedAttempt& attempt) {
  const std::vector<MetricResult>& metrics = attempt.result.comparisons.front().metrics;
  return nanoseconds{static_cast<std::int64_t>(1e9 * metrics.front().control.median)};
}

definition::Definition delayed_by(const definition::Definition& definition, const planning::PlantedDelay& delay) {
  if (!planning::is_one_command(definition.variable)) {
    throw Error(
        fmt::format("--plant: the control of a variable of kind {} cannot be written as one command; plant the delay "
                    "in the command itself: assay aa --plant 3% -- COMMAND",
                    to_string(definition.variable.kind)));
  }
  return for_option("--plant", [&] { return with_planted_delay(definition, delay); });
}

/// Both arms start through the same shell as the delayed one, so that a delay is all that it adds.
definition::Definition undelayed(const definition::Definition& definition) {
  definition::Definition same = delayed_by(definition, {});
  same.protocol.kappa = definition.protocol.kappa;
  return control_against_itself(std::move(same));
}

definition::Definition planted(const definition::Definition& definition, Percent plant, nanoseconds median) {
  const std::chrono::duration<double, std::nano> delay = plant.fraction() * median;
  definition::Definition delayed =
      delayed_by(definition, {.treatment = std::chrono::duration_cast<nanoseconds>(delay)});
  if (delayed.simulation) delayed.simulation->shift = plant;
  return delayed;
}

decide::JudgedAttempt judged(attempt::Outcome outcome) {
  return {std::move(outcome.plan), std::move(outcome.plan_sha256), std::move(outcome.blocks),
          std::move(outcome.result)};
}

ExitCode print_comparison(const SelfComparison& comparison, const AaOptions& options) {
  if (options.output.json) {
    print_json(report::self_comparison_json(comparison));
  } else if (options.output.quiet) {
    print_output(report::self_comparison_sentence(comparison));
  } else {
    print_output(report::self_comparison_text(comparison, output_style(read_terminal(), options.output)));
  }
  return has_passed(comparison) ? ExitCode::ok : ExitCode::invalid;
}

ExitCode interrupted() {
  print_remark("assay: interrupted; nothing of it is kept");
  return ExitCode::interrupted;
}

}  // namespace

ExitCode command_aa(const Arguments& arguments) {
  AaOptions options;
  CommandLine line = command_line(options);
  if (line.parse(split_off_command(arguments, options.command)) == Parsed::help_wanted) return print_help(line);
  check_options(options);
  attempt::RunOptions running = options.running;
  running.answer_to_signal = kAnswerToSignal;
  const attempt::ExperimentFile experiment = experiment_of(options);
  const definition::Definition& definition = attempt::definition_of(experiment);
  ProgressDisplay display(real_progress_output(options.output));
  attempt::ExploratorySessions sessions("assay aa", experiment.folder, running, display);
  std::optional<attempt::Outcome> same = sessions.run(options.plant ? undelayed(definition) : definition);
  if (!same) return interrupted();
  SelfComparison comparison{
      .same = judged(std::move(*same)), .planted = std::nullopt, .plant = options.plant.value_or(Percent{0})};
  const bool measured = comparison.same.result.verdict != Verdict::invalid;
  if (options.plant && measured) {
    std::optional<attempt::Outcome> delayed =
        sessions.run(planted(definition, *options.plant, median_wall(comparison.same)));
    if (!delayed) return interrupted();
    comparison.planted = judged(std::move(*delayed));
  }
  write_exports(options.exports, {comparison.same.plan, comparison.same.blocks, comparison.same.result});
  return print_comparison(comparison, options);
}

}  // namespace assay::cli
