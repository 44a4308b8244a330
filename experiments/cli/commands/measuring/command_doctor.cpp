#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/attempt/exploratory_sessions.hpp"
#include "experiments/campaign/doctor.hpp"
#include "experiments/campaign/self_comparison.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/report/planning/examination_text.hpp"
#include "experiments/screen/aa_options.hpp"
#include "experiments/screen/noise_options.hpp"
#include "experiments/screen/progress.hpp"

namespace assay::cli {
namespace {

/// What is planted and how long is measured unless the user says otherwise. A file has its own time.
constexpr Percent kPlanted{5};
constexpr nanoseconds kShortTime = std::chrono::seconds(10);
constexpr int kPlays = 400;

CommandLine command_line(const std::string& name, AaOptions& options) {
  CommandLine line(
      {.name = name,
       .synopsis = "[FILE | -- COMMAND]",
       .about =
           "Tells what disturbs measuring on this machine and what to do about it, what measuring costs here, and "
           "which "
           "metric decides in how few blocks. It runs control against itself through the whole engine, where there is "
           "nothing to find, and then delays one arm, which must be found (5 % unless --plant says otherwise). FILE is "
           "an experiment; without one the command after -- is run, or a short shell loop, for 10 s each time. Changes "
           "nothing and records nothing. doctor and aa are two names of one command.",
       .exit_codes =
           described({ExitCode::ok, ExitCode::error, ExitCode::invalid, ExitCode::refused, ExitCode::interrupted}),
       .examples = {fmt::format("assay {}", name), fmt::format("assay {} -- sort words.txt", name),
                    fmt::format("assay {} --plant 3% experiment.toml --json", name)}});
  add_aa_options(line, options);
  add_output_options(line, options.output);
  add_export_option(line, options.exports);
  return line;
}

void print_examination(const planning::Examination& examination, const OutputOptions& output) {
  if (output.json) {
    print_json(report::examination_json(examination));
  } else if (output.quiet) {
    print_output(report::examination_sentence(examination));
  } else {
    print_output(report::examination_text(examination, output_style(read_terminal(), output)));
  }
}

}  // namespace

ExitCode examine_machine(const std::string& name, const Arguments& arguments) {
  AaOptions options;
  CommandLine line = command_line(name, options);
  if (line.parse(split_off_command(arguments, options.command)) == Parsed::help_wanted) return print_help(line);
  check_aa_options(options);
  refuse_two_on_standard_output(options.exports, options.output);
  if (!options.max_time && !options.file) options.max_time = kShortTime;
  attempt::RunOptions running = options.running;
  running.answer_to_signal = kAnswerToSignal;
  const attempt::ExperimentFile experiment = self_comparing_experiment(options);
  const definition::Definition definition =
      campaign::observing_work(attempt::definition_of(experiment), campaign::instructions_here());
  if (!options.plant && !options.plant_nothing && campaign::is_plantable(definition)) options.plant = kPlanted;
  const MachineCondition others = campaign::other_measurements();
  ProgressDisplay display(real_progress_output(options.output));
  attempt::ExploratorySessions sessions("assay " + name, experiment.folder, running, display);
  std::optional<planning::SelfComparison> comparison =
      campaign::compare_with_itself(definition, options.plant, sessions);
  if (!comparison) {
    print_remark("assay: interrupted; nothing of it is kept");
    return ExitCode::interrupted;
  }
  const planning::Examination examination = campaign::examine(
      *std::move(comparison), others, experiment.folder, {.attempts = kPlays, .threads = thread_count(std::nullopt)},
      options.output.quiet && !options.output.json ? campaign::Extent::sentence : campaign::Extent::whole);
  print_examination(examination, options.output);
  const decide::JudgedAttempt& same = examination.comparison.same;
  write_exports(options.exports, {same.plan, same.blocks, same.result});
  return has_passed(examination.comparison) ? ExitCode::ok : ExitCode::invalid;
}

ExitCode command_doctor(const Arguments& arguments) {
  return examine_machine("doctor", arguments);
}

}  // namespace assay::cli
