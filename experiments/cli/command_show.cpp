#include "experiments/cli/command_line.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/lab_here.hpp"
#include "experiments/cli/terminal.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/text.hpp"

namespace assay::cli {
namespace {

struct ShowOptions {
  std::string which;
  OutputOptions output;
  ResultOptions result;  ///< its time unit alone
};

CommandLine show_line(ShowOptions& options) {
  CommandLine line({.name = "show",
                    .synopsis = "WHICH",
                    .about = "Shows one record of the lab: what was asked, where and by whom, and the result.",
                    .examples = {"assay show 7", "assay show readiness-poll --json"}});
  line.word({"WHICH", "its number, name, experiment (then the newest) or the first digits of its hash, at least 4"},
            into(options.which), Occurs::once);
  add_output_options(line, options.output);
  add_time_unit_option(line, options.result.time_unit);
  return line;
}

ExitCode show(const ShowOptions& options) {
  const experiments::Lab lab = lab_here();
  const Record record = experiments::find_record(lab, options.which);
  const std::string sha256 = experiments::record_sha256(lab, record);
  if (options.output.json || options.output.quiet) {
    print_result(heading_of("show", record, sha256), record.plan, record.result, options.output, options.result, "");
    return ExitCode::ok;
  }
  experiments::TextStyle style = output_style(read_terminal(), options.output);
  style.time_unit = options.result.time_unit;
  print_output(experiments::record_text(record, sha256, style));
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
