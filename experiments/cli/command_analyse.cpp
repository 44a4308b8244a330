#include <algorithm>
#include <iostream>
#include <iterator>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/cli/batch.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/cli/paired_csv.hpp"
#include "experiments/cli/simulation_options.hpp"
#include "experiments/cli/trace_csv.hpp"
#include "experiments/cli/unpaired_shares.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/formats/plan_json.hpp"

namespace assay::cli {
namespace {

struct AnalyseOptions {
  std::vector<std::string> files;
  ArmColumns columns;
  bool fixed = false;
  bool unpaired = false;
  std::optional<std::string> column;  ///< of unpaired values
  std::optional<std::string> batch;   ///< a folder of files
  std::optional<int> threads;
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
       .examples = {"assay analyse pairs.csv --margin 2%", "assay analyse --fixed --json - < pairs.csv",
                    "assay analyse --unpaired before.csv after.csv", "assay analyse --batch results/ --json"}});
  line.word({"FILE", "comma-separated values; - for standard input. With --unpaired: control, then treatment"},
            into(options.files), Occurs::any);
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
  line.option("unpaired",
              {"",
               "two files of values that nobody measured in blocks: says whether a difference is observed, never "
               "that it is an improvement, since the order was not controlled"},
              into(options.unpaired));
  line.option("column", {"NAME", "with --unpaired: the column that holds the values, in both files"},
              into(options.column));
  line.option("batch", {"DIR", "judge every file there that ends in .csv: a line each, or one JSON array"},
              into(options.batch));
  add_threads_option(line, options.threads);
  add_inference_options(line, options.protocol);
  line.option("seed", {"NUMBER", "of the random sign vectors, decimal or 0x hexadecimal (default 0)"},
              into(options.protocol.seed));
  add_output_options(line, options.output);
  add_result_options(line, options.result);
  return line;
}

struct GivenText {
  std::string text;
  std::string name;  ///< for messages
};

GivenText read_given(const std::string& file) {
  if (file.empty()) throw Error("FILE is empty: expected a file's name, or - for standard input");
  if (file != "-") return {host::read_file(file), file};
  return {std::string(std::istreambuf_iterator<char>(std::cin), {}), "standard input"};
}

std::vector<design::ValuePair> read_pairs(const AnalyseOptions& options, const std::string& file) {
  const GivenText given = read_given(file);
  return read_paired_csv(given.text, given.name, options.columns);
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

/// The rows as an experiment.
Plan plan_of(const AnalyseOptions& options, std::size_t rows) {
  const auto all_rows = options.fixed ? std::optional(static_cast<int>(rows)) : std::nullopt;
  return design::value_plan({.id = "analyse",
                             .control = options.columns.control,
                             .treatment = options.columns.treatment,
                             .metric = metric_of(options),
                             .protocol = settled_protocol(options.protocol, all_rows),
                             .seed = options.protocol.seed.value_or(Seed{0})});
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

AttemptResult analyse(const Plan& plan, const std::vector<design::ValuePair>& pairs) {
  decide::AttemptAnalysis analysis(plan);
  int number = 0;
  for (const design::ValuePair& pair : pairs) {
    if (analysis.finished()) break;
    analysis.add(design::value_block({.number = ++number, .arms = {kControl, 1}}, pair));
  }
  const bool rows_ended = !analysis.finished();
  // That the rows end where they do is taken to say nothing of which arm was which, as with a limit of time.
  if (rows_ended) analysis.cut_by_time();
  analysis.set_audit(what_is_not_known());
  AttemptResult result = analysis.result();
  if (rows_ended) call_it_the_cap(result);
  return result;
}

/// Of two samples there is one test and no margin.
void check_unpaired_options(const AnalyseOptions& options) {
  if (options.files.size() != 2) {
    throw Error(fmt::format("--unpaired takes two files, control and then treatment, and {} {} given",
                            options.files.size(), options.files.size() == 1 ? "is" : "are"));
  }
  if (options.files[0] == "-" && options.files[1] == "-")
    throw Error("--unpaired: only one file can be standard input");
  const bool columns_given =
      options.columns.control != ArmColumns{}.control || options.columns.treatment != ArmColumns{}.treatment;
  if (columns_given) throw Error("--control and --treatment name columns of pairs: with --unpaired it is --column");
  if (options.direction != Direction::lower || options.result.fail_on != ResultOptions{}.fail_on) {
    throw Error("--unpaired tells a difference, never which side is better: leave --direction and --fail-on out");
  }
  Protocol alpha_alone;
  alpha_alone.alpha = options.protocol.protocol.alpha;
  if (options.fixed || options.protocol.protocol != alpha_alone || options.protocol.margin) {
    throw Error("--unpaired has one two-sided test and no margin: of the protocol it takes --alpha and --strict alone");
  }
}

/// With one look at all rows there is no cap and no first look to choose.
void check_options(const AnalyseOptions& options) {
  check_protocol_options(options.protocol);
  const Protocol defaults;
  const Protocol& given = options.protocol.protocol;
  const bool looks_given = given.max_blocks != defaults.max_blocks || given.min_blocks != defaults.min_blocks;
  if (options.fixed && looks_given)
    throw Error("--fixed looks once, at all rows: leave --min-blocks and --max-blocks out");
  if (!options.unpaired && options.column) throw Error("--column goes with --unpaired; see --control and --treatment");
  if (!options.batch && options.threads) throw Error("--threads goes with --batch");
  if (options.batch && (options.unpaired || !options.files.empty())) {
    throw Error("--batch takes its files from the folder: leave FILE and --unpaired out");
  }
  if (options.unpaired) return check_unpaired_options(options);
  if (!options.batch && options.files.size() != 1) {
    throw Error(fmt::format("analyse takes one FILE, and {} given (see --unpaired and --batch)",
                            options.files.empty() ? "none is" : "several are"));
  }
}

void check_pairs(const AnalyseOptions& options, const std::string& file, const std::vector<design::ValuePair>& pairs) {
  if (options.fixed && pairs.size() > kMostFixedBlocks) {
    throw Error(fmt::format("--fixed takes at most {} rows, and {} has {}", kMostFixedBlocks, file, pairs.size()));
  }
  if (options.kind != MetricKind::proportion) return;
  const auto is_share = [](double value) { return value >= 0 && value <= 1; };
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    if (is_share(pairs[row].control) && is_share(pairs[row].treatment)) continue;
    throw Error(fmt::format("--kind proportion: block {} has {} and {}; expected numbers from 0 to 1", row + 1,
                            pairs[row].control, pairs[row].treatment));
  }
}

JudgedFile judge(const AnalyseOptions& options, const std::string& file) {
  const std::vector<design::ValuePair> pairs = read_pairs(options, file);
  check_pairs(options, file, pairs);
  JudgedFile judged;
  judged.plan = plan_of(options, pairs.size());
  judged.result = analyse(judged.plan, pairs);
  judged.heading.command = "analyse";
  judged.heading.plan_sha256 = host::sha256(formats::plan_json(judged.plan));
  return judged;
}

/// One trial a row, whatever else the rows hold.
std::vector<double> read_values(const AnalyseOptions& options, const std::string& file) {
  const GivenText given = read_given(file);
  return read_trace_csv(given.text, given.name, {.value = options.column, .group = std::nullopt}).groups.front();
}

ExitCode print_unpaired(const OutputOptions& output, const nlohmann::json& document, const std::string& text) {
  if (output.json) {
    print_json(document);
  } else {
    print_output(output.quiet ? text.substr(0, text.find('\n') + 1) : text);
  }
  return ExitCode::ok;
}

ExitCode analyse_unpaired(const AnalyseOptions& options) {
  const UnpairedQuestion question{.metric = metric_of(options),
                                  .alpha = settled_protocol(options.protocol, std::nullopt).alpha,
                                  .seed = options.protocol.seed.value_or(Seed{0})};
  const UnpairedValues values{.control = read_values(options, options.files[0]),
                              .treatment = read_values(options, options.files[1])};
  if (options.kind == MetricKind::proportion) {
    const UnpairedShares shares = compare_unpaired_shares(values, question);
    return print_unpaired(options.output, unpaired_shares_json(shares, question),
                          unpaired_shares_text(shares, question));
  }
  const UnpairedResult result = compare_unpaired(values, question);
  return print_unpaired(options.output, unpaired_json(result, question),
                        unpaired_text(result, question, options.result.time_unit));
}

}  // namespace

ExitCode command_analyse(const Arguments& arguments) {
  AnalyseOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_options(options);
  if (options.unpaired) return analyse_unpaired(options);
  if (options.batch) {
    return judge_batch({*options.batch, thread_count(options.threads), options.output, options.result},
                       [&](const std::string& file) { return judge(options, file); });
  }
  const JudgedFile judged = judge(options, options.files.front());
  print_result(judged.heading, judged.plan, judged.result, options.output, options.result, "");
  return exit_code_of(judged.result, options.result);
}

}  // namespace assay::cli
