#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/cli/attempt_start.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/measuring.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/trial/audit/audit.hpp"
#include "experiments/trial/sources/source_arms.hpp"

namespace assay::cli {
namespace {

struct CloseOptions {
  std::string file;
  PlanOverrides overrides;
  MeasuringOptions measuring;
  OutputOptions output;
  std::string time_unit;
};

CommandLine command_line(CloseOptions& options) {
  CommandLine line({.name = "close",
                    .synopsis = "FILE",
                    .about = "Ends the interrupted attempt of an experiment and records it as inconclusive. It counts "
                             "as spent; the next run is a new attempt.",
                    .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::refused},
                    .examples = {"assay close experiment.toml"}});
  line.word({"FILE", "the experiment, as it was given to run"}, into(options.file), Occurs::once);
  line.begin_group("Experiment");
  line.option("engine", {"NAME", "as it was given to run: local or simulated"}, into(options.overrides.engine));
  add_measuring_options(line, options.measuring);
  add_output_options(line, options.output);
  add_time_unit_option(line, options.time_unit);
  return line;
}

/// How things stand with the blocks that were measured; the arms are not there any more to be audited again.
AttemptResult closed_result(const JournalledAttempt& attempt, const Record& record) {
  decide::AttemptAnalysis analysis(attempt.plan);
  for (const Block& block : record.blocks) analysis.add(block);
  AuditResult audit;
  audit.differs = {trial::name_of(attempt.plan.variable)};
  audit.notes = {"closed before it ended: the arms were not audited a second time"};
  audit.builds = trial::read_builds(attempt.build_logs);
  analysis.set_audit(audit);
  analysis.close_interrupted();
  return analysis.result();
}

}  // namespace

ExitCode command_close(const Arguments& arguments) {
  CloseOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);

  const std::string actor = record::current_actor(options.measuring.actor);
  const ExperimentFile experiment = read_experiment(options.file, options.overrides);
  const record::Lab lab = lab_of(experiment);
  host::Journal journal(lab.journal_path());
  // Nobody may be measuring for the attempt that is closed.
  const host::MeasuringLock lock = take_measuring_lock("assay close " + experiment.definition.id, options.measuring);
  const std::optional<JournalledAttempt> attempt = find_open_attempt(experiment, lab, journal, options.measuring);
  if (!attempt) throw Error(fmt::format("{}: no attempt of this hypothesis is open", options.file));
  Record record = make_record(*attempt, journal, {}, actor);
  record.result = closed_result(*attempt, record);
  const std::optional<Record> filed =
      file_record(lab, journal, attempt->id, host::AttemptStatus::closed, std::move(record));
  if (!filed) {
    print_output("closed: no block had been measured, so that nothing is recorded and the attempt is not spent\n");
    return ExitCode::ok;
  }
  ResultOptions result_options;
  result_options.time_unit = options.time_unit;
  print_result(heading_of("close", *filed, record::record_sha256(lab, *filed)), filed->plan, filed->result,
               options.output, result_options, "");
  return ExitCode::ok;
}

}  // namespace assay::cli
