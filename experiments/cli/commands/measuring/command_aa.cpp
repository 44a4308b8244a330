#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/attempt/exploratory_sessions.hpp"
#include "experiments/campaign/self_comparison.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/report/planning/aa_text.hpp"
#include "experiments/screen/aa_options.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/progress.hpp"

namespace assay::cli {
namespace {

using planning::SelfComparison;

struct AaCommandOptions {
  AaOptions aa;
  ExportOptions exports;  ///< of control against itself, without the planted delay
};

CommandLine command_line(AaCommandOptions& options) {
  CommandLine line(
      {.name = "aa",
       .synopsis = "[FILE | -- COMMAND]",
       .about =
           "Runs control against itself through the whole engine on this machine: there is no effect to find. With "
           "--plant it then delays one arm, and that effect must be found. FILE is an experiment; without one the "
           "command after -- is run, or a short shell loop. Records nothing.",
       .exit_codes =
           described({ExitCode::ok, ExitCode::error, ExitCode::invalid, ExitCode::refused, ExitCode::interrupted}),
       .examples = {"assay aa --plant 3%", "assay aa experiment.toml", "assay aa --plant 5% -- sort words.txt"}});
  add_aa_options(line, options.aa);
  add_output_options(line, options.aa.output);
  add_export_option(line, options.exports);
  return line;
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

}  // namespace

ExitCode command_aa(const Arguments& arguments) {
  AaCommandOptions options;
  CommandLine line = command_line(options);
  if (line.parse(split_off_command(arguments, options.aa.command)) == Parsed::help_wanted) return print_help(line);
  check_aa_options(options.aa);
  refuse_two_on_standard_output(options.exports, options.aa.output);
  attempt::RunOptions running = options.aa.running;
  running.answer_to_signal = kAnswerToSignal;
  const attempt::ExperimentFile experiment = self_comparing_experiment(options.aa);
  ProgressDisplay display(real_progress_output(options.aa.output));
  attempt::ExploratorySessions sessions("assay aa", experiment.folder, running, display);
  const std::optional<SelfComparison> comparison =
      campaign::compare_with_itself(attempt::definition_of(experiment), options.aa.plant, sessions);
  if (!comparison) {
    print_remark("assay: interrupted; nothing of it is kept");
    return ExitCode::interrupted;
  }
  const ExitCode code = print_comparison(*comparison, options.aa);
  write_exports(options.exports, {comparison->same.plan, comparison->same.blocks, comparison->same.result});
  return code;
}

}  // namespace assay::cli
