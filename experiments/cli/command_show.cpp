#include <nlohmann/json.hpp>

#include "experiments/cli/command_line.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/text.hpp"

namespace assay::cli {
namespace {

using record::RecordSummary;

struct ShowOptions {
  std::string which;
  OutputOptions output;
  ResultOptions result;  ///< only its time unit
  ExportOptions exports;
};

CommandLine show_line(ShowOptions& options) {
  CommandLine line({.name = "show",
                    .synopsis = "WHICH",
                    .about =
                        "Shows one record of the lab: the question, where and by whom it was asked, and the result; or "
                        "what people decided.",
                    .examples = {"assay show 7", "assay show readiness-poll --json"}});
  line.word(
      {"WHICH", "its number, name, experiment (the newest record of it) or the first digits of its hash, at least 4"},
      into(options.which), Occurs::once);
  add_output_options(line, options.output);
  add_time_unit_option(line, options.result.time_unit);
  add_export_option(line, options.exports);
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
  const record::Settled settled = record::settled_in(record::list_records(lab));
  const auto found = settled.find(summary.sha256);
  print_output(
      report::entry_text(entry, {.sha256 = summary.sha256, .settled_by = found == settled.end() ? "" : found->second}));
  return ExitCode::ok;
}

ExitCode show(const ShowOptions& options) {
  const record::Lab lab = lab_here();
  const RecordSummary summary = record::find_summary(lab, options.which);
  if (!is_attempt(summary)) {
    refuse_exports(options.exports, ", and this record has none");
    return show_entry(lab, summary, options);
  }
  const Record record = record::read_record(lab, summary);
  write_exports(options.exports, {record.plan, record.blocks, record.result});
  const std::string& sha256 = summary.sha256;
  if (options.output.json || options.output.quiet) {
    print_result(heading_of("show", record, sha256), record.plan, record.result, options.output, options.result, "");
    return ExitCode::ok;
  }
  report::TextStyle style = output_style(read_terminal(), options.output);
  style.time_unit = options.result.time_unit;
  print_output(report::record_text(record, sha256, style));
  return ExitCode::ok;
}

}  // namespace

ExitCode command_show(const Arguments& arguments) {
  ShowOptions options;
  CommandLine line = show_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  return show(options);
}

}  // namespace assay::cli
