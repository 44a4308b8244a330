#include "experiments/cli/measuring.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "core/host/entropy.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/machine.hpp"
#include "core/host/process/signals.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/cli/swapped_files.hpp"
#include "experiments/cli/version.hpp"
#include "experiments/engine/local_engine.hpp"
#include "experiments/engine/simulated_engine.hpp"
#include "experiments/formats/block_json.hpp"
#include "experiments/formats/hypothesis_json.hpp"
#include "experiments/formats/plan_json.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/trial/sources/resolve_variable.hpp"

namespace assay::cli {
namespace {

using engine::StopRequest;

constexpr std::string_view kFirstSignal = "\nassay: stopping after the running block; once more stops at once\n";

/// What signals mean: one, stop after the running block; two, now.
StopRequest requested_by(const host::StopSignals& signals) {
  switch (signals.count()) {
    case 0:
      return StopRequest::none;
    case 1:
      return StopRequest::after_block;
    default:
      return StopRequest::at_once;
  }
}

}  // namespace

std::vector<Block> read_blocks(const host::Journal& journal, host::AttemptId attempt) {
  std::vector<Block> blocks;
  for (const std::string& json : journal.blocks(attempt)) blocks.push_back(formats::parse_block(json));
  return blocks;
}

void add_measuring_options(CommandLine& line, MeasuringOptions& options) {
  line.begin_group("Measuring");
  add_actor_option(line, options.actor);
  line.option("environment", {"NAME", "the class of machine that the verdict holds for (default local)"},
              into_environment_name(options.environment_name));
  add_wait_option(line, options.wait);
}

host::MeasuringLock take_measuring_lock(const std::string& purpose, const MeasuringOptions& options) {
  return host::MeasuringLock(purpose, options.wait.value_or(nanoseconds::max()), [](const host::LockHolder& holder) {
    print_remark(fmt::format("assay: waiting for another measurement on this host: {}", holder.description));
  });
}

JournalledAttempt open_attempt(host::Journal& journal, const Plan& plan) {
  host::AttemptRow row;
  row.hypothesis_sha256 = host::sha256(formats::hypothesis_json(plan));
  row.attempt = plan.attempt;
  row.plan_json = formats::plan_json(plan);
  row.plan_sha256 = host::sha256(row.plan_json);
  row.created_ns = host::unix_time_ns();
  row.exploratory = plan.exploratory;
  return {journal.open_attempt(row), plan, row.plan_sha256};
}

session::SessionEnd measure(const JournalledAttempt& attempt, host::Journal& journal, const host::MeasuringLock& lock,
                            const OutputOptions& output) {
  ProgressDisplay display(attempt.plan, real_progress_surroundings(output));
  host::StopSignals signals(kFirstSignal);
  const engine::StepSink step = [&display](std::string_view what) { display.step(what); };
  std::optional<host::Launcher> launcher;
  std::unique_ptr<engine::Engine> engine;
  std::vector<std::string> edits;
  const auto on_edit = [&edits](const host::Restoration& restoration) {
    edits.push_back(describe(restoration));
    print_remark("assay: " + edits.back());
  };
  if (attempt.plan.simulation) {
    engine = std::make_unique<engine::SimulatedEngine>(attempt.plan, step);
  } else {
    launcher.emplace();
    auto local =
        std::make_unique<engine::LocalEngine>(attempt.plan, *launcher, lock.path(), step, attempt.build_logs, on_edit);
    signals.watch(local->launchers());
    engine = std::move(local);
  }
  session::SessionEnd end = session::run_attempt(attempt.plan, attempt.id, journal, *engine, display,
                                                 [&signals] { return requested_by(signals); });
  signals.watch({});
  engine.reset();  // puts the original back where the variable is a file, and then knows of edits
  end.result.audit.notes.insert(end.result.audit.notes.end(), edits.begin(), edits.end());
  return end;
}

Record make_record(const JournalledAttempt& attempt, const host::Journal& journal, const AttemptResult& result,
                   const std::string& actor) {
  Record record;
  record.program_version = program_version();
  record.created_ns = host::unix_time_ns();
  record.actor = actor;
  record.plan_sha256 = attempt.plan_sha256;
  record.plan = attempt.plan;
  record.machine = host::read_machine();
  record.interruptions_ns = journal.interruptions(attempt.id);
  record.blocks = read_blocks(journal, attempt.id);
  record.result = result;
  return record;
}

std::optional<Record> file_record(const record::Lab& lab, host::Journal& journal, host::AttemptId attempt,
                                  host::AttemptStatus status, Record record) {
  // An attempt without a block has measured nothing: it is neither spent nor recorded.
  if (record.blocks.empty()) {
    journal.finish_attempt(attempt, status, "");
    return std::nullopt;
  }
  Record filed = record::store_record(lab, std::move(record));
  record::write_decision(lab, filed);
  journal.finish_attempt(attempt, status, record_name(filed));
  return filed;
}

definition::Definition parse_definition_file(const std::string& file) {
  return definition::parse_definition({file, host::read_file_start(file, definition::kLargestFile + 1)});
}

std::string folder_of(const std::string& file) {
  return std::filesystem::path(host::absolute_path(file)).parent_path().string();
}

void resolve_variable(definition::Definition& definition, const std::string& folder, EqualLevels levels) {
  const VariableKind kind = definition.variable.kind;
  if (!has_source(definition.variable) && kind != VariableKind::file) return;
  restore_swapped_file(definition.variable, folder);  // a level may be the file itself
  host::Launcher launcher;
  definition.variable = trial::resolved(std::move(definition.variable), folder, launcher);
  if (levels == EqualLevels::refused) trial::refuse_equal_levels(definition.variable);
}

design::Circumstances caller_circumstances(const std::string& folder) {
  design::Circumstances circumstances;
  circumstances.fresh_seed = Seed(host::fresh_entropy());
  circumstances.environment = host::caller_environment();
  circumstances.sha256 = [](std::string_view text) { return host::sha256(text); };
  circumstances.folder = folder;
  return circumstances;
}

}  // namespace assay::cli
