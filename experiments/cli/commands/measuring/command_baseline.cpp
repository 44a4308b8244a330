#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/campaign/baseline.hpp"
#include "experiments/campaign/cumulative_gain.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"
#include "experiments/screen/show_baseline.hpp"

namespace assay::cli {
namespace {

constexpr int kMostRuns = 10000;

struct BaselineCommandOptions {
  std::vector<std::string> files;
  attempt::FileOverrides overrides;
  campaign::BaselineOptions measuring;
  std::optional<std::string> against;
  std::string revision = "HEAD";
  OutputOptions output;
  ExportOptions exports;
};

CommandLine command_line(BaselineCommandOptions& options) {
  CommandLine line({.name = "baseline",
                    .synopsis = "FILE...",
                    .about =
                        "Measures what the control arm of an experiment takes: every workload in every state, several "
                        "times, in turns. Records the trials, and writes medians, spreads, intervals, phases, failures "
                        "and timeouts into docs/perf/baseline.md, and where the time goes into "
                        "docs/perf/attribution.md. A later baseline of the same experiment and environment replaces "
                        "this one, and the old record stays. Ctrl-C records nothing and ends with 130. With --against, "
                        "measures instead what all changes since an earlier baseline gain together, in turns with its "
                        "revision, and ends as assay run does.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive,
                                             ExitCode::invalid, ExitCode::refused}),
                    .examples = {"assay baseline experiment.toml", "assay baseline --runs 20 --environment ci a.toml",
                                 "assay show 12 --phases", "assay show 12 --against 31",
                                 "assay baseline experiment.toml --against 12"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.files), Occurs::at_least_once);
  line.begin_group("Measuring");
  line.option("runs,n", {"N", "trials of each workload in each state; 6 are the fewest that give a 95 % interval"},
              into(options.measuring.runs, {1, kMostRuns}));
  line.option("against",
              {"BASELINE",
               "measure the cumulative gain since this baseline: its revision and a later one, in turns, by the "
               "experiment's protocol"},
              into(options.against));
  line.option("commit", {"REVISION", "with --against: the later revision (default: HEAD)"}, into(options.revision));
  line.option("seed", {"NUMBER", "seed of every random choice, in place of the file's"}, into(options.overrides.seed));
  add_measuring_options(line, options.measuring.running);
  add_output_options(line, options.output);
  add_export_option(line, options.exports);
  return line;
}

campaign::BaselineEnding measure(const attempt::ExperimentFile& experiment, BaselineCommandOptions& options) {
  const record::CommittedRevision revision = record::committed_revision(experiment.folder);
  options.measuring.revision = revision.commit;
  ProgressDisplay display(real_progress_output(options.output));
  if (revision.has_other_changes) {
    display.note("the working tree has changes that no commit holds: the baseline is not that of its commit alone");
  }
  return campaign::measure_baseline(experiment, options.measuring, display);
}

/// A baseline does not count if nothing could be measured in one of its cells, or if something changed meanwhile.
bool is_sound(const campaign::FiledBaseline& filed) {
  const std::vector<BaselineCell>& cells = filed.figures.cells;
  return std::get<Baseline>(filed.entry.content).changes.empty() &&
         std::all_of(cells.begin(), cells.end(), [](const BaselineCell& cell) { return cell.measured > 0; });
}

void print_as_json(const std::vector<campaign::FiledBaseline>& all, std::size_t files) {
  nlohmann::json baselines = nlohmann::json::array();
  for (const campaign::FiledBaseline& filed : all) baselines.push_back(baseline_json(filed, "baseline"));
  if (files > 1) {
    print_json({{"schema_version", 1}, {"command", "baseline"}, {"baselines", std::move(baselines)}});
  } else if (!baselines.empty()) {
    print_json(baselines.front());
  }
}

nlohmann::json gain_json(const campaign::MeasuredGain& measured) {
  const auto& gain = std::get<Gain>(measured.entry.content);
  nlohmann::json cells = nlohmann::json::array();
  nlohmann::json warnings = nlohmann::json::array();
  for (const GainOfCell& cell : gain.cells) {
    cells.push_back(formats::tree_of(cell));
    const std::string warning = report::parts_warning(cell);
    if (!warning.empty()) warnings.push_back(warning);
  }
  const std::string left_out = report::left_out_text(gain);
  if (!left_out.empty()) warnings.push_back(left_out);
  return {{"schema_version", 1},
          {"command", "baseline"},
          {"kind", to_string(kind_of(measured.entry.content))},
          {"experiment", gain.experiment},
          {"environment", gain.environment_name},
          {"record", fmt::format("{:04}", measured.entry.number)},
          {"record_name", entry_name(measured.entry)},
          {"record_sha256", measured.sha256},
          {"from", gain.from},
          {"to", gain.to},
          {"metric", gain.metric},
          {"verdict", to_string(measured.outcome.result.verdict)},
          {"parts", gain.parts.size()},
          {"cells", std::move(cells)},
          {"warnings", std::move(warnings)}};
}

void print_gain(const campaign::MeasuredGain& measured, const OutputOptions& output) {
  if (output.json) return print_json(gain_json(measured));
  if (output.quiet) return print_output(entry_name(measured.entry) + '\n');
  const auto& gain = std::get<Gain>(measured.entry.content);
  std::string text =
      fmt::format("{}: {}\n\n", entry_name(measured.entry), printable(report::entry_headline(measured.entry)));
  for (const GainOfCell& cell : gain.cells) {
    text += fmt::format("  {}: {}\n", printable(report::gain_cell_title(cell)), report::gain_cell_text(cell));
  }
  for (const GainOfCell& cell : gain.cells) {
    const std::string warning = report::parts_warning(cell);
    if (!warning.empty()) text += fmt::format("warning: {}\n", printable(warning));
  }
  const std::string left_out = report::left_out_text(gain);
  if (!left_out.empty()) text += fmt::format("warning: {}\n", printable(left_out));
  print_output(text + fmt::format("measured whole, never multiplied from parts; {}\n",
                                  report::count_text(static_cast<int>(gain.parts.size()), "adopted change")));
}

ExitCode measure_gain(const attempt::ExperimentFile& experiment, const BaselineCommandOptions& options) {
  const record::Lab lab = lab_of(experiment);
  ProgressDisplay display(real_progress_output(options.output));
  campaign::GainEnding ending = campaign::measure_gain(experiment,
                                                       {.baseline = record::find_summary(lab, *options.against),
                                                        .revision = options.revision,
                                                        .running = options.measuring.running},
                                                       display);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
  if (std::holds_alternative<attempt::Interrupted>(ending)) {
    print_remark("assay: interrupted; no gain was recorded");
    return ExitCode::interrupted;
  }
  const auto& measured = std::get<campaign::MeasuredGain>(ending);
  print_gain(measured, options.output);
  write_exports(options.exports, {measured.outcome.plan, measured.outcome.blocks, measured.outcome.result});
  return exit_code_of(measured.outcome.result, {});
}

}  // namespace

ExitCode command_baseline(const Arguments& arguments) {
  BaselineCommandOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  refuse_two_on_standard_output(options.exports, options.output);
  if (!options.against) refuse_exports(options.exports, ", and a baseline has no arms to compare: add --against");
  // Only control is measured, or two revisions: a change that was adopted since is in all of them.
  options.overrides.equal_levels = attempt::EqualLevels::allowed;
  std::vector<attempt::ExperimentFile> experiments;  // all are read before the first is run
  for (const std::string& file : options.files) experiments.push_back(read_experiment(file, options.overrides));
  if (options.against) {
    if (experiments.size() > 1) throw Error("--against takes one FILE: the baseline is that of one experiment");
    return measure_gain(experiments.front(), options);
  }
  std::vector<campaign::FiledBaseline> all;
  ExitCode code = ExitCode::ok;
  for (const attempt::ExperimentFile& experiment : experiments) {
    campaign::BaselineEnding ending = measure(experiment, options);
    if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
    if (const auto* interrupted = std::get_if<campaign::BaselineInterrupted>(&ending)) {
      print_remark(fmt::format("assay: interrupted after {} of {} trials; nothing was recorded", interrupted->measured,
                               interrupted->planned));
      code = ExitCode::interrupted;
      break;
    }
    all.push_back(std::get<campaign::FiledBaseline>(std::move(ending)));
    if (!options.output.json) print_baseline(all.back(), BaselinePart::figures, options.output, "baseline");
    if (!is_sound(all.back())) code = ExitCode::invalid;
  }
  if (options.output.json) print_as_json(all, experiments.size());
  return code;
}

}  // namespace assay::cli
