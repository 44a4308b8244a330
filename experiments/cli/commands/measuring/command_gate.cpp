#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/entropy.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "experiments/campaign/gate/gate.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/report/gate/gate_text.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/options.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::cli {
namespace {

struct GateOptions {
  campaign::GateRequest request;
  std::string markdown_file;
  std::shared_ptr<const host::OutputDestination> markdown;  ///< null: none is asked for
  bool github = false;
  bool records = false;
  OutputOptions output;
  ExportOptions exports;
};

CommandLine command_line(GateOptions& options) {
  CommandLine line(
      {.name = "gate",
       .synopsis = "[FILE...]",
       .about =
           "Holds a change against the commit at which it left its base, for CI, so that what others did to the base "
           "meanwhile counts neither for nor against it. Both commits are built and measured in turn on this machine; "
           "if the earlier one cannot be built, the change is held against the stored baseline of the environment, "
           "and the weaker evidence is said. A loss of 10 % or more of the primary metric fails unless the policy says "
           "otherwise, and so does a result that shows neither a loss nor its absence. Experiment files, checks, "
           "margins and the policy in .assay/gate.toml are those of the base's tip: what the change alters in them is "
           "shown, "
           "and comes into force with the merge. Writes nothing into the repository unless --record is given.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive,
                                ExitCode::invalid, ExitCode::refused, ExitCode::interrupted}),
       .examples = {"assay gate --base origin/main", "assay gate --base main --change HEAD bench/sort.toml --json",
                    "assay gate --base \"$BASE_SHA\" --github --markdown gate.md"}});
  line.word({"FILE", "an experiment of the base whose variable is a revision (default: those of the base's policy)"},
            into(options.request.files), Occurs::any);
  line.begin_group("Change");
  line.option("base",
              {"REVISION",
               "the branch that the change is to be merged into: its rules hold, and the change is compared with where "
               "it left that branch"},
              into(options.request.base));
  line.option("change", {"REVISION", "the commit that is judged"}, into(options.request.change));
  line.option(
      "against",
      {"WHAT",
       "interleaved: the earlier commit, measured in turn with the change; stored-baseline: only its trials from "
       "another time"},
      into(options.request.basis));
  line.option("markdown", {"FILE", "write a summary in Markdown, too"}, into(options.markdown_file));
  line.option("github",
              {"", "print annotations for GitHub, too, and append the summary to $GITHUB_STEP_SUMMARY if it is set"},
              into(options.github));
  line.option("record",
              {"",
               "record in the lab what was decided, with everything that was measured, so that assay log and show "
               "know it and assay verify computes it again"},
              into(options.records));
  add_measuring_options(line, options.request.running);
  add_output_options(line, options.output);
  add_export_option(line, options.exports);
  return line;
}

ExitCode exit_code_of(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::passed:
    case GateOutcome::unchanged:
      return ExitCode::ok;
    case GateOutcome::no_base:
    case GateOutcome::inconclusive:
      return ExitCode::inconclusive;
    case GateOutcome::regressed:
    case GateOutcome::guard:
      return ExitCode::worse;
    case GateOutcome::invalid:
      return ExitCode::invalid;
  }
  return ExitCode::error;
}

/// That of the worst outcome that the policy fails on. A changed rule that the policy does not allow is refused.
ExitCode exit_code_of(const GateReport& report) {
  if (!fails(report)) return ExitCode::ok;
  GateOutcome worst = GateOutcome::passed;
  for (const GateFinding& finding : report.findings) {
    if (fails(report.policy, finding.outcome)) worst = std::max(worst, finding.outcome);
  }
  return worst == GateOutcome::passed ? ExitCode::refused : exit_code_of(worst);
}

/// The text may show lines of foreign files, so GitHub is told to read no commands in it. Nobody can guess the word
/// that ends this.
std::string without_commands(const std::string& text) {
  const std::string word = fmt::format("assay-{:016x}", host::fresh_entropy());
  return fmt::format("::stop-commands::{}\n{}::{}::\n", word, text, word);
}

/// Where GitHub asks for a summary of the job; empty if it does not.
std::string summary_file() {
  const auto environment = host::caller_environment();
  const auto found = environment.find("GITHUB_STEP_SUMMARY");
  return found == environment.end() ? "" : found->second;
}

void append_summary(const std::string& markdown) {
  const std::string file = summary_file();
  if (file.empty()) return;
  std::error_code ignored;
  const std::string before = std::filesystem::exists(file, ignored) ? host::read_file(file) : "";
  host::write_file_atomically(file, before + markdown);
}

/// Whether the summary goes to standard output, instead of the text.
bool shows_markdown(const GateOptions& options) {
  return options.markdown && options.markdown->place() == host::place_of_standard_output();
}

void print_report(const GateReport& report, const GateOptions& options) {
  const std::string markdown = report::gate_markdown(report);
  if (shows_markdown(options)) {
    print_output(markdown);
  } else if (options.output.json) {
    print_json(report::gate_json(report));
  } else {
    const std::string text = options.output.quiet
                                 ? report::gate_sentence(report) + '\n'
                                 : report::gate_text(report, output_style(read_terminal(), options.output));
    print_output(options.github ? without_commands(text) + report::gate_annotations(report) : text);
  }
  // Last, so that a file that cannot be written takes nothing away.
  if (options.markdown && !shows_markdown(options)) write_to(*options.markdown, markdown);
  if (options.github) append_summary(markdown);
}

/// \throws Error if two of them would go to standard output.
void check_standard_output(const GateOptions& options) {
  if (options.output.json && options.github) {
    throw Error("--json and --github exclude each other: annotations and JSON would both go to standard output");
  }
  if (shows_markdown(options) && (options.output.json || options.github)) {
    throw Error("--markdown - writes to standard output, as --json and --github do: name a file");
  }
  refuse_two_on_standard_output(options.exports, options.output);
  if (uses_standard_output(options.exports) && (options.github || shows_markdown(options))) {
    throw Error("--export to - writes to standard output, as --github and --markdown - do: name a file");
  }
}

/// What is to be written is refused before anything is measured if it could not be.
void check_outputs(GateOptions& options) {
  if (!options.exports.requests.empty() && options.request.files.size() != 1) {
    refuse_exports(options.exports, ": give the one FILE that is held against the base");
  }
  if (!options.markdown_file.empty()) {
    options.markdown = std::make_shared<const host::OutputDestination>(output_destination(options.markdown_file));
  }
  check_standard_output(options);
  if (const std::string summary = options.github ? summary_file() : ""; !summary.empty()) {
    (void)for_option("GITHUB_STEP_SUMMARY", [&] { return output_destination(summary); });
  }
}

/// The attempt of the one experiment. If nothing was measured in turn, there is none, and the gate's decision stands.
void export_attempt(const GateReport& report, const ExportOptions& exports) {
  for (const GateFinding& finding : report.findings) {
    if (!finding.measured) continue;
    return write_exports(exports, {finding.measured->plan, finding.measured->blocks, finding.measured->result});
  }
  for (const ExportRequest& request : exports.requests) {
    print_remark(
        fmt::format("assay: --export: base and change were not measured in turn, so {} is not written", request.file));
  }
}

/// Lines of foreign files are left out: they may hold what nobody wants to keep.
void record_gate(const record::Lab& lab, GateReport report, const GateOptions& options) {
  for (GateRuleChange& change : report.rule_changes) {
    change.diff.clear();
    change.lines_left_out = 0;
  }
  const Entry entry = record::file_entry(lab, options.request.running.actor, [&](const auto&) { return report; });
  print_remark(fmt::format("assay: recorded as {}", entry_name(entry)));
}

}  // namespace

ExitCode command_gate(const Arguments& arguments) {
  GateOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  if (options.request.base.empty()) {
    throw Error(
        "--base is missing: name the branch that the change is to be merged into, for example --base origin/main");
  }
  check_outputs(options);
  options.request.folder = std::filesystem::current_path().string();
  std::optional<record::Lab> lab;
  // Before anything is measured in vain. A fresh checkout lacks the folders of a lab that git does not keep.
  if (options.records) lab = record::Lab::create(lab_here().root());
  for (std::string& file : options.request.files) file = host::absolute_path(file);
  ProgressDisplay display(real_progress_output(options.output));
  const campaign::GateEnding ending = campaign::run_gate(options.request, display);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
  if (std::holds_alternative<campaign::GateInterrupted>(ending)) {
    print_remark("assay: interrupted; a gate is not taken up again, and nothing was written");
    return ExitCode::interrupted;
  }
  const auto& report = std::get<GateReport>(ending);
  if (lab) record_gate(*lab, report, options);
  print_report(report, options);
  export_attempt(report, options.exports);
  return exit_code_of(report);
}

}  // namespace assay::cli
