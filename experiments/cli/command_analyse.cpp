#include <algorithm>
#include <iostream>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/digest.hpp"
#include "core/host/files.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/cli/paired_csv.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/plan_json.hpp"

namespace assay::cli {
namespace {

struct AnalyseOptions {
  std::string file;
  ArmColumns columns;
  bool fixed = false;
  Direction direction = Direction::lower;
  MetricKind kind = MetricKind::positive;
  std::string unit;
  ProtocolOptions protocol;
  OutputOptions output;
  ResultOptions result;
};

/// One look at more blocks than this would take minutes: its cost grows with their square.
constexpr std::size_t kMostFixedBlocks = 10000;

CommandLine command_line(AnalyseOptions& options) {
  CommandLine line(
      {.name = "analyse",
       .synopsis = "FILE",
       .about =
           "Judges pairs of values that were measured elsewhere: comma-separated, one block a row in time order, the "
           "columns named in the first line. The rows are taken in one by one, as if measured now, and looked at as "
           "they come; where they end before the cap, one last look is taken. The verdict holds if the order inside "
           "each block was random.",
       .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive, ExitCode::invalid},
       .examples = {"assay analyse pairs.csv --margin 2%", "assay analyse --fixed --json - < pairs.csv"}});
  line.word({"FILE", "comma-separated values; - for standard input"}, into(options.file), Occurs::once);
  line.begin_group("Data");
  line.option("control", {"NAME", "the column of control"}, into(options.columns.control));
  line.option("treatment", {"NAME", "the column of treatment"}, into(options.columns.treatment));
  line.option("direction", {"WHICH", "which values are better: lower or higher"}, into(options.direction));
  line.option("kind",
              {"KIND",
               "positive: compared as ratio; difference: any value; proportion: from 0 to 1, margin in points; "
               "deterministic: exactly"},
              into(options.kind));
  line.option("unit", {"UNIT", "of the values, for text: s, B or any other"}, into(options.unit));
  line.option("fixed", {"", "one look at all rows, in place of looks as they come"}, into(options.fixed));
  add_inference_options(line, options.protocol);
  line.option("seed", {"NUMBER", "of the random sign vectors, decimal or 0x hexadecimal (default 0)"},
              into(options.protocol.seed));
  add_output_options(line, options.output);
  add_result_options(line, options.result);
  return line;
}

std::vector<ValuePair> read_pairs(const AnalyseOptions& options) {
  if (options.file != "-") return read_paired_csv(host::read_file(options.file), options.file, options.columns);
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  return read_paired_csv(text, "standard input", options.columns);
}

Metric metric_of(const AnalyseOptions& options) {
  Metric metric;
  metric.name = "value";
  metric.unit = options.unit;
  metric.direction = options.direction;
  metric.kind = options.kind;
  metric.role = MetricRole::primary;
  metric.margin = options.protocol.margin.value_or(kDefaultMargin);
  metric.margin_is_default = !options.protocol.margin;
  return metric;
}

/// The rows as an experiment: the very analysis of trials that assay ran itself is then theirs too.
Plan plan_of(const AnalyseOptions& options, std::size_t rows) {
  Plan plan;
  plan.id = "analyse";
  plan.hypothesis = fmt::format("{} is better than {}", options.columns.treatment, options.columns.control);
  plan.variable.kind = VariableKind::argument;
  plan.variable.name = "column";
  for (const std::string& column : {options.columns.control, options.columns.treatment}) {
    plan.variable.levels.push_back({column, ArgumentLevel{column}});
  }
  plan.workloads.resize(1);
  plan.workloads[0].name = "pairs";
  plan.states.resize(1);
  plan.metrics = {metric_of(options)};
  const auto all_rows = options.fixed ? std::optional(static_cast<int>(rows)) : std::nullopt;
  plan.protocol = settled_protocol(options.protocol, all_rows);
  plan.exploratory = true;
  plan.environment_name = "elsewhere";
  plan.seed = options.protocol.seed.value_or(Seed{0});
  return plan;
}

Trial trial_of(ArmIndex arm, double value) {
  Trial trial;
  trial.arm = arm;
  trial.values = {value};
  return trial;
}

AuditResult what_is_not_known() {
  AuditResult audit;
  audit.notes = {
      "measured elsewhere: whether the arms differ in one thing alone, and whether their order was random, "
      "is not known here"};
  return audit;
}

/// No clock ran here: what ended the measuring was how many rows there are.
void call_it_the_cap(AttemptResult& result) {
  result.stop = Stop::cap;
  for (Comparison& comparison : result.comparisons) comparison.stop = Stop::cap;
}

AttemptResult analyse(const Plan& plan, const std::vector<ValuePair>& pairs) {
  experiments::AttemptAnalysis analysis(plan);
  int number = 0;
  for (const ValuePair& pair : pairs) {
    if (analysis.finished()) break;
    Block block;
    block.number = ++number;
    block.trials = {trial_of(kControl, pair.control), trial_of(1, pair.treatment)};
    analysis.add(block);
  }
  const bool rows_ended = !analysis.finished();
  // That the rows end where they do is taken to say nothing of which arm was which, as with a limit of time.
  if (rows_ended) analysis.cut_by_time();
  analysis.set_audit(what_is_not_known());
  AttemptResult result = analysis.result();
  if (rows_ended) call_it_the_cap(result);
  return result;
}

/// With one look at all rows there is no cap and no first look to choose.
void check_options(const AnalyseOptions& options) {
  check_protocol_options(options.protocol);
  const Protocol defaults;
  const Protocol& given = options.protocol.protocol;
  const bool looks_given = given.max_blocks != defaults.max_blocks || given.min_blocks != defaults.min_blocks;
  if (options.fixed && looks_given)
    throw Error("--fixed looks once, at all rows: leave --min-blocks and --max-blocks out");
}

void check_pairs(const AnalyseOptions& options, const std::vector<ValuePair>& pairs) {
  if (options.fixed && pairs.size() > kMostFixedBlocks) {
    throw Error(
        fmt::format("--fixed takes at most {} rows, and {} has {}", kMostFixedBlocks, options.file, pairs.size()));
  }
  if (options.kind != MetricKind::proportion) return;
  const auto is_share = [](double value) { return value >= 0 && value <= 1; };
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    if (is_share(pairs[row].control) && is_share(pairs[row].treatment)) continue;
    throw Error(fmt::format("--kind proportion: block {} has {} and {}; expected numbers from 0 to 1", row + 1,
                            pairs[row].control, pairs[row].treatment));
  }
}

}  // namespace

ExitCode command_analyse(const Arguments& arguments) {
  AnalyseOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_options(options);
  const std::vector<ValuePair> pairs = read_pairs(options);
  check_pairs(options, pairs);
  const Plan plan = plan_of(options, pairs.size());
  const AttemptResult result = analyse(plan, pairs);
  AttemptHeading heading;
  heading.command = "analyse";
  heading.plan_sha256 = host::sha256(experiments::plan_json(plan));
  print_result(heading, plan, result, options.output, options.result, "");
  return exit_code_of(result, options.result);
}

}  // namespace assay::cli
