#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/campaign/run_phases.hpp"
#include "experiments/campaign/stored_baseline.hpp"
#include "experiments/campaign/stored_parity.hpp"
#include "experiments/campaign/stored_phases.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/console/paging.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/pages/attempt_views.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/baseline/baseline_text.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/parity/parity_text.hpp"
#include "experiments/report/sparkline.hpp"
#include "experiments/report/text.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/show_baseline.hpp"

namespace assay::cli {
namespace {

using record::RecordSummary;

struct ShowOptions {
  std::string which;
  bool phases = false;
  std::string at;  ///< JSON pointer
  std::optional<std::string> against;
  bool parity = false;
  OutputOptions output;
  ResultOptions result;  ///< only its time unit
  ExportOptions exports;
  console::Paging paging = console::Paging::automatic;
};

CommandLine show_line(ShowOptions& options) {
  CommandLine line({.name = "show",
                    .synopsis = "WHICH",
                    .about =
                        "Shows one record of the lab: the question, where and by whom it was asked, and the result; or "
                        "what people decided. Shows a baseline's figures, where the time of a baseline or of an "
                        "attempt's arms goes, and which phases carry a change; and one question in every environment.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused}),
                    .examples = {"assay show 7", "assay show readiness-poll --json", "assay show 12 --phases",
                                 "assay show --phases trace.json", "assay show --phases results.json --at /timing",
                                 "assay show 31 --against 12", "assay show 7 --against fixed-sleep",
                                 "assay show readiness-poll --parity"}});
  line.word(
      {"WHICH", "its number, name, experiment (the newest record of it) or the first digits of its hash, at least 4"},
      into(options.which), Occurs::once);
  line.option("phases",
              {"",
               "where the time goes, as bars: of a baseline, of each arm of an attempt whose metrics read spans, or of "
               "one run if WHICH is a file with its spans (JSON lines, Chrome trace events, OpenTelemetry JSON, or "
               "phases with their seconds)"},
              into(options.phases));
  line.option("at", {"POINTER", "where the spans are in that file, such as /timing/spans"}, into(options.at));
  line.option("against",
              {"BASELINE|ARM",
               "how much of a change each phase carries: of a baseline since this earlier one, or of an attempt from "
               "this arm (the label of a level) to each of the others"},
              into(options.against));
  line.option("parity",
              {"", "the question of WHICH in every environment side by side, and whether the environments differ"},
              into(options.parity));
  add_output_options(line, options.output);
  add_time_unit_option(line, options.result.time_unit);
  add_export_option(line, options.exports);
  console::add_paging_option(line, options.paging);
  return line;
}

/// What people decided: the record itself for programs, its facts for people.
ExitCode show_entry(const record::Lab& lab, const RecordSummary& summary, const ShowOptions& options) {
  const Entry entry = record::read_entry(lab, summary);
  if (options.output.json) {
    nlohmann::json object = formats::tree_of(entry);
    object.update({{"command", "show"}, {"record_name", summary.name}, {"record_sha256", summary.sha256}});
    print_json(object);
    return ExitCode::ok;
  }
  const record::LaterWords words = record::later_words(lab, record::list_records(lab));
  const std::string settled = record::settled_by(words, summary.sha256);
  const std::string challenged = record::challenged_text(words, summary.sha256);
  const std::string faulted = record::faulted_by(words, summary.sha256);
  console::print_paged(
      report::entry_text(
          entry, {.sha256 = summary.sha256, .settled_by = settled, .challenged = challenged, .faulted_by = faulted}),
      options.paging);
  return ExitCode::ok;
}

ExitCode show_attempt_phases(const record::Lab& lab, const RecordSummary& summary, const ShowOptions& options) {
  const Record record = campaign::attempt_with_phases(lab, summary);
  if (options.against) {
    print_arm_changes(record, *options.against, options.output);
  } else {
    print_arm_phases(record, options.output);
  }
  return ExitCode::ok;
}

ExitCode show_baseline(const record::Lab& lab, const RecordSummary& summary, const ShowOptions& options) {
  const campaign::FiledBaseline baseline = campaign::stored_baseline(lab, summary);
  if (options.against) {
    const RecordSummary before = record::find_summary(lab, *options.against);
    print_baseline_change(campaign::stored_baseline(lab, before), baseline, options.output);
  } else {
    print_baseline(baseline, options.phases ? BaselinePart::phases : BaselinePart::figures, options.output, "show");
  }
  return ExitCode::ok;
}

/// One run outside any trial, from the file that it wrote.
ExitCode show_run(const ShowOptions& options) {
  const BaselineFigures figures = campaign::run_phases(options.which, options.at);
  if (options.output.json) {
    print_json({{"schema_version", 1},
                {"command", "show"},
                {"kind", "run"},
                {"workloads", report::baseline_cells_json(figures)}});
  } else {
    console::print_paged(report::phases_text(figures, output_style(read_terminal(), options.output)), options.paging);
  }
  return ExitCode::ok;
}

ExitCode show_parity(const record::Lab& lab, const ShowOptions& options) {
  refuse_exports(options.exports, ", and --parity shows several");
  const Parity parity = campaign::stored_parity(lab, options.which);
  if (options.output.json) {
    print_json(report::parity_json(parity));
  } else {
    print_output(options.output.quiet ? report::parity_sentences(parity) : report::parity_text(parity));
  }
  return ExitCode::ok;
}

/// The effects over time, for people at a terminal: a line for each comparison, which is named if there are several.
std::string sparklines(const Record& record, const report::TextStyle& style) {
  if (!read_terminal().output_is_terminal) return "";
  std::string text;
  for (const Comparison& comparison : record.result.comparisons) {
    const std::string line = report::effect_sparkline(comparison, record::block_effects(record, comparison), style);
    if (line.empty()) continue;
    const std::string cell = report::cell_title(comparison.cell);
    if (record.result.comparisons.size() > 1) {
      text += fmt::format("{}{}{}:\n", cell, cell.empty() ? "" : ", ", report::arm_name(comparison.treatment));
    }
    text += line;
  }
  return text.empty() ? "" : '\n' + text;
}

/// What the challenges of the record have come to, as its section of DECISIONS.md says.
std::string measured_again(const record::Lab& lab, const RecordSummary& summary) {
  const std::string challenged =
      record::challenged_text(record::later_words(lab, record::list_records(lab)), summary.sha256);
  return challenged.empty() ? "" : fmt::format("\nmeasured again: {}\n", challenged);
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) && !std::filesystem::is_directory(path, ignored);
}

/// The record. With --phases it might have been meant as a file.
RecordSummary summary_meant(const record::Lab& lab, const ShowOptions& options) {
  try {
    return record::find_summary(lab, options.which);
  } catch (const Error& error) {
    if (!options.phases) throw;
    throw Error(fmt::format("there is no file {} with spans, and {}", in_quotes(options.which), error.what()),
                error.kind());
  }
}

ExitCode show(const ShowOptions& options) {
  if (options.phases && is_file(options.which)) return show_run(options);
  if (!options.at.empty()) throw Error("--at belongs to --phases FILE: it says where in the file the spans are");
  if (options.phases && !record::Lab::find(std::filesystem::current_path().string())) {
    throw Error(
        fmt::format("{} is no file, and there is no lab here that could have a record of that name: expected a "
                    "file with spans",
                    in_quotes(options.which)));
  }
  const record::Lab lab = lab_here();
  if (options.parity) return show_parity(lab, options);
  const RecordSummary summary = summary_meant(lab, options);
  if ((options.against || options.phases) && is_attempt(summary)) {
    refuse_exports(options.exports, ", and phases are no result");
    return show_attempt_phases(lab, summary, options);
  }
  if (options.against || options.phases || campaign::is_baseline(summary)) {
    refuse_exports(options.exports, ", and this is a baseline");
    return show_baseline(lab, summary, options);
  }
  if (!is_attempt(summary)) {
    refuse_exports(options.exports, ", and this record has none");
    return show_entry(lab, summary, options);
  }
  const Record record = record::read_record(lab, summary);
  write_exports(options.exports, {record.plan, record.blocks, record.result, nullptr, options.result.time_unit});
  const std::string& sha256 = summary.sha256;
  if (options.output.json || options.output.quiet) {
    print_result(heading_of("show", record, sha256), record.plan, record.result, options.output, options.result, "");
    return ExitCode::ok;
  }
  report::TextStyle style = output_style(read_terminal(), options.output);
  style.time_unit = options.result.time_unit;
  console::print_paged(
      report::record_text(record, sha256, style) + measured_again(lab, summary) + sparklines(record, style),
      options.paging);
  return ExitCode::ok;
}

}  // namespace

ExitCode command_show(const Arguments& arguments) {
  ShowOptions options;
  CommandLine line = show_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  refuse_two_on_standard_output(options.exports, options.output);
  return show(options);
}

}  // namespace assay::cli
