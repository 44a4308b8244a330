#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/cli/advice_command.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/compare_options.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/formats/hypothesis_json.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/hyperfine_json.hpp"

namespace assay::cli {
namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;

Plan frozen(const CompareOptions& options) {
  design::Circumstances circumstances = caller_circumstances(std::filesystem::current_path().string());
  circumstances.exploratory = true;
  if (options.measuring.environment_name) circumstances.environment_name = *options.measuring.environment_name;
  definition::Definition definition = compare_definition(options);
  resolve_variable(definition, circumstances.folder, EqualLevels::allowed);
  return design::freeze(definition, circumstances);
}

/// The lab's journal; outside a lab one that is gone afterwards.
host::Journal journal_in(const std::optional<record::Lab>& lab) {
  return lab ? host::Journal(lab->journal_path()) : host::Journal::in_memory();
}

/// How often this very comparison was started on this day (UTC), this time included.
int times_today(const host::Journal& journal, const Plan& plan) {
  const std::int64_t today = host::unix_time_ns() / kDay;
  const auto rows = journal.attempts_of(host::sha256(formats::hypothesis_json(plan)));
  return static_cast<int>(std::count_if(rows.begin(), rows.end(), [today](const host::AttemptRow& row) {
    return row.exploratory && row.created_ns / kDay == today;
  }));
}

void export_trials(const std::string& file, const Record& record) {
  const std::string text = report::hyperfine_json(record.plan, record.blocks).dump(2) + "\n";
  if (file == "-") {
    print_output(text);
  } else {
    host::write_file_atomically(file, text);
  }
}

/// Files, or only ends, an attempt that was measured.
AttemptHeading end_attempt(const std::optional<record::Lab>& lab, host::Journal& journal,
                           const JournalledAttempt& attempt, std::optional<Record> record, const std::string& actor) {
  std::optional<Record> filed;
  if (record) {
    filed = file_record(*lab, journal, attempt.id, host::AttemptStatus::finished, std::move(*record));
  } else {
    journal.finish_attempt(attempt.id, host::AttemptStatus::finished, "");
  }
  if (filed) return heading_of("compare", *filed, record::record_sha256(*lab, *filed));
  return {"compare", "", "", attempt.plan_sha256, actor};
}

ExitCode compare(const CompareOptions& options, const Arguments& words) {
  const Plan plan = frozen(options);
  const std::optional<record::Lab> lab = record::Lab::find(plan.folder);
  if (options.record && !lab) throw Error("--record: no lab here; make one with: assay init");
  const std::string actor = record::current_actor(options.measuring.actor);
  host::Journal journal = journal_in(lab);
  const host::MeasuringLock lock = take_measuring_lock("assay compare", options.measuring);
  JournalledAttempt attempt = open_attempt(journal, plan);
  if (lab) attempt.build_logs = lab->build_logs_folder(attempt.plan_sha256);
  session::SessionEnd end = measure(attempt, journal, lock, options.output_options);
  const int times = times_today(journal, plan);
  if (times > 1) end.result.audit.notes.push_back(fmt::format("run {} of this comparison today", times));
  std::optional<Record> record;  // it takes the journalled blocks in again: only where it is asked for
  if (options.record || options.export_json) record = make_record(attempt, journal, end.result, actor);
  if (options.export_json) export_trials(*options.export_json, *record);
  if (end.interrupted) {
    // A comparison is soon started again; only experiments from files are taken up.
    journal.finish_attempt(attempt.id, host::AttemptStatus::closed, "");
    print_result({"compare", "", "", attempt.plan_sha256, actor}, plan, end.result, options.output_options,
                 options.result, advice_command(words, plan, end.result));
    print_remark("assay: interrupted; a comparison is not taken up again, an experiment file is: see assay init");
    return ExitCode::interrupted;
  }
  if (!options.record) record.reset();
  const AttemptHeading heading = end_attempt(lab, journal, attempt, std::move(record), actor);
  print_result(heading, plan, end.result, options.output_options, options.result,
               advice_command(words, plan, end.result));
  return exit_code_of(end.result, options.result);
}

}  // namespace

ExitCode command_compare(const Arguments& arguments) {
  CompareOptions options;
  CommandLine line = compare_command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  Arguments words = {"compare"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return compare(options, words);
}

}  // namespace assay::cli
