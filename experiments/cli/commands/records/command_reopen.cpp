#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/attempt/start.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/reopening.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/options.hpp"

namespace assay::cli {
namespace {

struct ReopenOptions {
  std::string which;
  std::string assumption;
  std::string reason;
  attempt::FileOverrides overrides;
  attempt::RunOptions running;  ///< only actor and environment
  bool quiet = false;
};

CommandLine command_line(ReopenOptions& options) {
  CommandLine line(
      {.name = "reopen",
       .synopsis = "FILE|RECORD",
       .about = "Lifts a dead end after something that its experiment assumed has changed. What changed, why, and who "
                "says so become a record; the hypothesis may then be tried again.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused}),
       .examples = {"assay reopen experiment.toml --assumption 'gcc 12' --why 'gcc 14 now'"}});
  line.word({"FILE|RECORD", "the experiment, or a record of it: a number, a name or digits of its hash"},
            into(options.which), Occurs::once);
  line.option("assumption", {"TEXT", "the assumption that no longer holds, as the record's experiment states it"},
              into(options.assumption));
  line.option("why", {"TEXT", "what has changed"}, into(options.reason));
  line.also_called("reason", "why");
  line.option("engine", {"NAME", "the engine that it was run with: local, simulated or slurm"},
              into(options.overrides.engine));
  line.option("environment", {"NAME", "the environment in which FILE is a dead end (default: the one of run)"},
              into_environment_name(options.running.environment_name));
  add_actor_option(line, options.running.actor);
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  return line;
}

/// What is to be reopened, and in which lab.
struct DeadEndMeant {
  record::Lab lab;
  record::HypothesisKey key;
};

DeadEndMeant of_record(const std::string& which) {
  record::Lab lab = lab_here();
  const record::RecordSummary record = record::find_summary(lab, which);
  if (!is_attempt(record)) throw Error(fmt::format("{} is no attempt: there is nothing to reopen", record.name));
  return {std::move(lab), {record.hypothesis_sha256, record.environment_name}};
}

/// A file, also one that was misspelt: no record is called so.
bool names_a_file(const std::string& which) {
  return std::filesystem::is_regular_file(which) || which.ends_with(".toml") || which.ends_with(".json");
}

DeadEndMeant dead_end_meant(const ReopenOptions& options) {
  if (!names_a_file(options.which)) return of_record(options.which);
  const attempt::ExperimentFile experiment = read_experiment(options.which, options.overrides);
  return {lab_of(experiment), attempt::key_of(attempt::plan_question(experiment, options.running))};
}

}  // namespace

ExitCode command_reopen(const Arguments& arguments) {
  ReopenOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const std::string assumption = given_text("--assumption", options.assumption);
  const std::string reason = given_text("--why", options.reason);
  const DeadEndMeant meant = dead_end_meant(options);
  const Entry entry = record::file_entry(meant.lab, options.running.actor, [&](const auto& records) {
    return record::checked_reopening(meant.lab, records,
                                     {.key = meant.key, .assumption = assumption, .reason = reason});
  });
  if (!options.quiet) {
    print_output(fmt::format("{}: {} may be tried again; state in its assumptions what holds now\n", entry_name(entry),
                             std::get<Reopening>(entry.content).experiment));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
