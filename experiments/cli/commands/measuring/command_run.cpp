#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/experiment_queue.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/running/run_beside.hpp"
#include "experiments/screen/running/run_report.hpp"
#include "experiments/screen/running/run_request.hpp"

namespace assay::cli {
namespace {

using attempt::ExperimentFile;

CommandLine command_line(RunRequest& options) {
  CommandLine line({.name = "run",
                    .synopsis = "FILE...",
                    .about =
                        "Runs experiments to a verdict, records it in the lab above each file, and writes its entry in "
                        "DECISIONS.md. An interrupted attempt goes on where it stopped. Several experiments run one "
                        "after the other, or on a cluster beside each other.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive,
                                             ExitCode::invalid, ExitCode::refused, ExitCode::interrupted}),
                    .examples = {"assay run experiment.toml", "assay run --json --wait '0 s' experiment.toml",
                                 "assay run --engine slurm --node-hours 20 experiments/*.toml"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.files), Occurs::at_least_once);
  line.begin_group("Experiment");
  line.option("engine",
              {"NAME",
               "local: run the commands here; simulated: draw trials as the file's [simulated] says; slurm: run the "
               "blocks up to each look at once, on the nodes of a cluster"},
              into(options.overrides.engine));
  line.option("seed", {"NUMBER", "seed of every random choice, in place of the file's"}, into(options.overrides.seed));
  line.option("max-blocks,M", {"N", "cap of blocks, in place of the file's"},
              into(options.overrides.max_blocks, {kFewestBlocks, kMostBlocks}));
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
  line.option(
      "pause-after",
      {"TIME",
       "begin no new block after this time and end with 130; the same command goes on, also on another machine "
       "with the same processor and image, if the folder .assay is brought there (default: the job_limit of the "
       "environment in .assay/environments.toml)"},
      into(options.pause_after));
  add_futility_option(line, options.running.futility);
  add_measuring_options(line, options.running);
  add_cluster_options(line, options.running.cluster);
  add_queue_options(line, options);
  add_output_options(line, options.output);
  add_result_options(line, options.result);
  add_export_option(line, options.exports);
  return line;
}

attempt::Ending run_or_note(const ExperimentFile& experiment, std::size_t index, const attempt::RunOptions& running,
                            attempt::Observer& observer, RunReport& report) {
  try {
    return attempt::run_experiment(experiment, running, observer);
  } catch (const Error& error) {
    report.note_failure({.index = index}, error);
    throw;
  }
}

/// One after the other, until one is interrupted or fails.
void run_in_turn(const std::vector<ExperimentFile>& experiments, const RunRequest& options, RunReport& report) {
  for (std::size_t index = 0; index < experiments.size(); ++index) {
    ProgressDisplay display(real_progress_output(options.output));
    attempt::RunOptions running = options.running;
    running.received = report.records();
    report.take({.index = index}, run_or_note(experiments[index], index, running, display, report));
    if (report.code() == ExitCode::interrupted) {
      for (std::size_t next = index + 1; next < experiments.size(); ++next) {
        report.leave_out({.index = next}, "interrupted");
      }
      return;
    }
  }
}

/// Experiments share a cluster; a machine is measured on by one at a time.
bool run_beside(const std::vector<ExperimentFile>& experiments, const RunRequest& options) {
  const bool all = std::all_of(experiments.begin(), experiments.end(), attempt::can_be_queued);
  return all && (experiments.size() > 1 || options.node_time);
}

/// Asks for a stop once the time is over. Elapsed time does not depend on which arm is which, so a pause favours none.
StopSignal pause_after(nanoseconds time, nanoseconds begin) {
  if (time.count() <= 0) throw Error("--pause-after: it must be above 0 s");
  const nanoseconds end = begin + time;
  return [end] { return host::monotonic_time() >= end ? StopRequest::after_block : StopRequest::none; };
}

/// When this session pauses: the time of the command line, else the shortest limit of a job that an environment of
/// these experiments has in its lab. An environment that is refused is left to the experiment's own refusal.
std::optional<nanoseconds> session_limit(const std::vector<ExperimentFile>& experiments, const RunRequest& options) {
  if (options.pause_after) return options.pause_after;
  std::optional<nanoseconds> shortest;
  for (const ExperimentFile& experiment : experiments) {
    try {
      const std::optional<nanoseconds> limit =
          attempt::job_limit(attempt::find_lab(experiment), attempt::environment_of(experiment, options.running));
      if (limit && (!shortest || *limit < *shortest)) shortest = limit;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::refused) throw;
    }
  }
  return shortest;
}

/// \throws Error if one of --allow and --why is given without the other, or for several files.
void check_allowance(RunRequest& options) {
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
  RunRequest options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_allowance(options);
  check_queue_options(options);
  refuse_two_on_standard_output(options.exports, options.output);
  options.running.telling = attempt::Telling::when_confirmed;
  const nanoseconds begin = host::monotonic_time();
  if (options.files.size() > 1) refuse_exports(options.exports, ": give one FILE");

  std::vector<ExperimentFile> experiments;  // all are read before the first is run: a mistake is reported at once
  for (const std::string& file : options.files) experiments.push_back(read_experiment(file, options.overrides));
  if (const auto limit = session_limit(experiments, options)) options.running.stop = pause_after(*limit, begin);
  RunReport report(options, experiments);
  try {
    if (run_beside(experiments, options)) {
      run_beside_each_other(experiments, options, report);
    } else {
      run_in_turn(experiments, options, report);
    }
    report.print_end();
    return report.code();
  } catch (const Error&) {
    report.print_at_error();
    throw;
  }
}

}  // namespace assay::cli
