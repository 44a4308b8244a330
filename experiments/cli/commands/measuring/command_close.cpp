#include "experiments/attempt/experiment.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::cli {
namespace {

struct CloseOptions {
  std::string file;
  attempt::FileOverrides overrides;
  attempt::RunOptions running;
  OutputOptions output;
  std::string time_unit;
  ExportOptions exports;
};

CommandLine command_line(CloseOptions& options) {
  CommandLine line({.name = "close",
                    .synopsis = "FILE",
                    .about = "Ends the interrupted attempt of an experiment and records it as inconclusive. It counts "
                             "as spent; the next run is a new attempt.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused}),
                    .examples = {"assay close experiment.toml"}});
  line.word({"FILE", "the experiment that was interrupted"}, into(options.file), Occurs::once);
  line.begin_group("Experiment");
  line.option("engine", {"NAME", "the engine that it was run with: local, simulated or slurm"},
              into(options.overrides.engine));
  add_measuring_options(line, options.running);
  add_cluster_options(line, options.running.cluster);
  add_output_options(line, options.output);
  add_time_unit_option(line, options.time_unit);
  add_export_option(line, options.exports);
  return line;
}

}  // namespace

ExitCode command_close(const Arguments& arguments) {
  CloseOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  refuse_two_on_standard_output(options.exports, options.output);

  Remarks remarks;
  attempt::Ending ending =
      attempt::close_experiment(read_experiment(options.file, options.overrides), options.running, remarks);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
  const AttemptHeading heading = heading_of("close", ending);
  if (heading.record_name.empty()) {
    print_output("closed: no block had been measured, so that nothing is recorded and the attempt is not spent\n");
    return ExitCode::ok;
  }
  const attempt::Outcome outcome = outcome_of(std::move(ending));
  write_exports(options.exports, {outcome.plan, outcome.blocks, outcome.result, nullptr, options.time_unit});
  ResultOptions result_options;
  result_options.time_unit = options.time_unit;
  print_result(heading, outcome.plan, outcome.result, options.output, result_options, "");
  return ExitCode::ok;
}

}  // namespace assay::cli
