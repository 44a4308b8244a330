#include "experiments/screen/running/run_report.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/machine/clock.hpp"
#include "core/text/date.hpp"
#include "core/text/shell_words.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/record/history/status_words.hpp"
#include "experiments/record/history/target_readings.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::screen {
namespace {

Arguments with_futility_ignored(Arguments words) {
  words.insert(words.begin() + 1, "--no-futility");
  return words;
}

/// What can be done with an attempt that paused.
std::string paused_text(const std::string& file, const AttemptResult& result, const Arguments& go_on) {
  return fmt::format(
      "assay: paused: the blocks up to the cap would decide something with a chance of only {:.2g} %; the attempt "
      "stays open and keeps its blocks; go on with: assay {}; end it with: assay close {}",
      100 * result.futile_chance.value_or(0), shell_words(go_on), shell_words({file}));
}

std::string why_open(FileEnd end) {
  switch (end) {
    case FileEnd::paused:
      return "more blocks would hardly decide anything; the attempt stays open";
    case FileEnd::interrupted:
      return "the attempt stays open";
    case FileEnd::node_hours:
      return "the node-hours are spent; the attempt stays open";
    case FileEnd::finished:
    case FileEnd::not_begun:
    case FileEnd::refused:
    case FileEnd::failed:
      return {};
  }
  return {};
}

/// Why a command stopped that leaves `interrupted` attempts open by a signal.
std::string_view why_stopped(int interrupted) {
  if (interrupted == 0) return "the node-hours are spent";
  return interrupted == 1 ? "interrupted, the attempt is open" : "interrupted, the attempts are open";
}

/// Whether the same command would go on with the file.
bool stays_open(FileEnd end) {
  return end == FileEnd::interrupted || end == FileEnd::node_hours || end == FileEnd::not_begun;
}

ExitCode code_of(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::mistake:
      return ExitCode::error;
    case ErrorKind::refused:
      return ExitCode::refused;
    case ErrorKind::invalid:
      return ExitCode::invalid;
  }
  return ExitCode::error;
}

}  // namespace

RunReport::RunReport(const RunRequest& request, const std::vector<attempt::ExperimentFile>& experiments)
    : request_(request), experiments_(experiments) {
  for (const attempt::ExperimentFile& experiment : experiments) files_.push_back({.file = experiment.name});
}

void RunReport::take(const FileRun& file, attempt::Ending ending) {
  if (const auto* const refusal = std::get_if<Refusal>(&ending)) {
    return note_error(file, error_of(*refusal), FileEnd::refused);
  }
  const auto* const finished = std::get_if<attempt::Finished>(&ending);
  const std::optional<attempt::FiledRecord> filed = finished == nullptr ? std::nullopt : finished->record;
  FileEnd end = finished == nullptr ? file.if_open : FileEnd::finished;
  AttemptHeading heading = heading_of("run", ending);
  const Shown& shown = shown_.emplace_back(Shown{
      .file = file.index, .heading = std::move(heading), .outcome = outcome_of(std::move(ending)), .record = filed});
  const AttemptResult& result = shown.outcome.result;
  if (end != FileEnd::finished && result.stop == Stop::futile) end = FileEnd::paused;
  FileSummary& summary = files_.at(file.index);
  summary.end = end;
  if (end == FileEnd::finished) summary.decision = result.decision;
  summary.verdict = result.verdict;
  summary.record = filed ? filed->name : "";
  summary.blocks = result.blocks;
  summary.node_time = file.node_time;
  summary.why = why_open(end);
  print(shown, end);
}

void RunReport::take(const FileRun& file, const Error& error) {
  note_failure(file, error);
  note_error(file, error, error.kind() == ErrorKind::refused ? FileEnd::refused : FileEnd::failed);
}

void RunReport::note_failure(const FileRun& file, const Error& error) {
  if (error.kind() == ErrorKind::invalid) add_unmeasured(file.index, error);
  FileSummary& summary = files_.at(file.index);
  summary.end = FileEnd::failed;
  summary.why = error.what();
}

void RunReport::leave_out(const FileRun& file, const std::string& why) {
  files_.at(file.index).why = why;
  code_ = most_serious(code_, ExitCode::interrupted);
}

void RunReport::note_error(const FileRun& file, const Error& error, FileEnd end) {
  if (is_only_file()) throw error;
  FileSummary& summary = files_.at(file.index);
  summary.end = end;
  summary.node_time = file.node_time;
  summary.why = error.what();
  print_remark(fmt::format("assay: {}", error.what()));
  code_ = most_serious(code_, code_of(error));
}

void RunReport::print(const Shown& shown, FileEnd end) {
  const AttemptResult& result = shown.outcome.result;
  const std::string& name = experiments_.at(shown.file).name;
  const Arguments words = words_for({name}, request_);
  write_exports(request_.exports,
                {shown.outcome.plan, shown.outcome.blocks, result, nullptr, request_.result.time_unit});
  if (!request_.output.json) {
    print_result(shown.heading, shown.outcome.plan, result, request_.output, request_.result,
                 advice_command(words, shown.outcome.plan, result));
    if (!request_.output.quiet) print_output(targets_text(shown));
    confirm_told(shown);
  }
  if (end == FileEnd::paused) print_remark(paused_text(name, result, with_futility_ignored(words)));
  const ExitCode code = end == FileEnd::finished ? exit_code_of(result, request_.result)
                        : end == FileEnd::paused ? ExitCode::inconclusive
                                                 : ExitCode::interrupted;
  code_ = most_serious(code_, code);
}

std::string RunReport::targets_text(const Shown& shown) const {
  if (!shown.record || shown.outcome.plan.targets.empty()) return "";
  const std::optional<record::Lab> lab = attempt::find_lab(experiments_.at(shown.file));
  if (!lab) return "";
  std::string text;
  const Date today = date_of(host::unix_time_ns());
  for (const record::TargetReading& reading : record::targets_measured_in(*lab, shown.record->name, today)) {
    text += fmt::format("target {}\n", record::target_sentence(reading));
  }
  return text;
}

void RunReport::confirm_told(const Shown& shown) const {
  if (shown.record) attempt::confirm_told(experiments_.at(shown.file), *shown.record);
}

void RunReport::add_unmeasured(std::size_t file, const Error& error) {
  Shown shown{.file = file};
  shown.heading.command = "run";
  shown.outcome.plan = attempt::plan_question(experiments_.at(file), request_.running).plan;
  AttemptResult& result = shown.outcome.result;
  result = blank_result(shown.outcome.plan);
  result.verdict = Verdict::invalid;
  result.reason = VerdictReason::unmeasured;
  result.decision_reason = DecisionReason::invalid;
  result.stop = Stop::failed;
  result.audit.passed = false;
  result.audit.notes = {error.what()};
  shown_.push_back(std::move(shown));
}

void RunReport::print_end() {
  if (request_.output.json) print_objects();
  if (!request_.output.json && !request_.output.quiet && !is_only_file()) print_output(summary_text(files_));
  print_how_to_go_on();
}

void RunReport::print_at_error() {
  if (request_.output.json && !shown_.empty()) print_objects();
}

void RunReport::print_objects() {
  std::stable_sort(shown_.begin(), shown_.end(),
                   [](const Shown& left, const Shown& right) { return left.file < right.file; });
  nlohmann::json results = nlohmann::json::array();
  for (const Shown& one : shown_) results.push_back(result_object(one.heading, one.outcome.plan, one.outcome.result));
  if (is_only_file()) {
    if (!results.empty()) print_json(results.front());
  } else {
    nlohmann::json refused = nlohmann::json::array();
    nlohmann::json files = nlohmann::json::array();
    for (const FileSummary& one : files_) {
      if (one.end == FileEnd::refused) refused.push_back({{"file", one.file}, {"message", one.why}});
      files.push_back(summary_object(one));
    }
    print_json({{"schema_version", 1},
                {"command", "run"},
                {"results", std::move(results)},
                {"refused", std::move(refused)},
                {"files", std::move(files)}});
  }
  for (const Shown& one : shown_) confirm_told(one);
}

void RunReport::print_how_to_go_on() const {
  std::vector<std::string> open;
  int interrupted = 0;
  for (const FileSummary& file : files_) {
    if (!stays_open(file.end)) continue;
    open.push_back(file.file);
    interrupted += file.end == FileEnd::interrupted ? 1 : 0;
  }
  if (open.empty() || code_ == ExitCode::ok) return;
  print_remark(
      fmt::format("assay: {}; go on with: assay {}", why_stopped(interrupted), shell_words(words_for(open, request_))));
}

std::vector<std::string> RunReport::records() const {
  std::vector<std::string> names;
  for (const Shown& one : shown_) {
    if (one.record) names.push_back(one.record->name);
  }
  return names;
}

ExitCode most_serious(ExitCode one, ExitCode other) {
  constexpr std::array kBySeverity = {ExitCode::ok,      ExitCode::inconclusive, ExitCode::refused, ExitCode::worse,
                                      ExitCode::invalid, ExitCode::interrupted,  ExitCode::error};
  const auto rank = [&](ExitCode code) { return std::find(kBySeverity.begin(), kBySeverity.end(), code); };
  return rank(one) < rank(other) ? other : one;
}

}  // namespace assay::screen
