#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/commands/measuring/analyse_samples.hpp"
#include "experiments/cli/console.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/export_options.hpp"
#include "experiments/cli/noise_options.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/pair_folder.hpp"
#include "experiments/interop/paired_csv.hpp"
#include "experiments/interop/readings.hpp"
#include "experiments/interop/replay.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "experiments/report/interop/batch_text.hpp"
#include "experiments/report/interop/unpaired_text.hpp"

namespace assay::cli {
namespace {

struct AnalyseOptions {
  std::vector<std::string> files;
  interop::ArmColumns columns;
  bool fixed = false;
  bool unpaired = false;
  std::optional<std::string> column;  ///< of unpaired values
  std::optional<std::string> batch;   ///< a folder of files
  std::optional<std::string> format;  ///< of another tool
  std::optional<std::string> metric;  ///< of another tool's file
  std::optional<int> threads;
  Direction direction = Direction::lower;
  MetricKind kind = MetricKind::positive;
  std::string unit;
  std::optional<char> separator;
  std::optional<NumberForm> digits;
  ProtocolOptions protocol;
  OutputOptions output;
  ResultOptions result;
  ExportOptions exports;
};

std::vector<std::string> names_of_import_formats() {
  std::vector<std::string> names;
  for (const interop::ImportFormat& format : interop::import_formats()) names.emplace_back(format.name);
  return names;
}

char take_separator(const std::string& text) {
  if (text == "comma") return ',';
  if (text == "semicolon") return ';';
  if (text == "tab" || text == "\\t") return '\t';
  const bool is_usable = text.size() == 1 && std::string_view("\"\r\n").find(text.front()) == std::string_view::npos;
  if (!is_usable)
    throw Error(fmt::format("{} is no separator: expected comma, semicolon, tab or one character", in_quotes(text)));
  return text.front();
}

CommandLine command_line(AnalyseOptions& options) {
  CommandLine line(
      {.name = "analyse",
       .synopsis = "FILE [FILE]",
       .about =
           "Judges pairs of values that were measured elsewhere: comma-separated, one block in each row in time order, "
           "with the names of the columns in the first line. The rows are taken one by one, as if they were measured "
           "now, with the same looks; if they end before the cap, one last look is taken. The verdict is valid if the "
           "order inside each block was random.\n"
           "Files of hyperfine, Google Benchmark, Go, pytest-benchmark, pyperf, criterion, JMH and perf stat are read, "
           "too: two files, or two benchmarks of one, are compared as --unpaired does, since their order was not "
           "controlled.",
       .exit_codes =
           described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive, ExitCode::invalid}),
       .examples = {"assay analyse pairs.csv --margin 2%", "assay analyse --fixed --json - < pairs.csv",
                    "assay analyse before.json after.json", "assay analyse --unpaired before.csv after.csv",
                    "assay analyse --batch results/ --json"}});
  line.word({"FILE",
             "comma-separated values, or what another tool wrote; - for standard input. Of two files, control is the "
             "first"},
            into(options.files), Occurs::any);
  line.begin_group("Data");
  line.option("control", {"NAME", "the column of control, or its benchmark in another tool's file"},
              into(options.columns.control));
  line.option("treatment", {"NAME", "the column of treatment, or its benchmark in another tool's file"},
              into(options.columns.treatment));
  line.option("format",
              {"NAME",
               "the tool that wrote the files: hyperfine, google-benchmark, pytest-benchmark, pyperf, criterion, jmh, "
               "go, perf-stat, or numbers for one in each line (default: told by the file)"},
              offering(names_of_import_formats(), into(options.format)));
  line.option("metric", {"NAME", "which metric of another tool's file is compared: wall, cpu, max_rss, B/op, ..."},
              into(options.metric));
  line.option("order",
              {"NAME",
               "the column that says which arm was measured first: control or treatment, or 0 or 1; without it "
               "an effect of the order cannot be seen"},
              into(options.columns.order));
  line.option("direction", {"WHICH", "which values are better: lower or higher"}, into(options.direction));
  line.option("kind",
              {"KIND",
               "positive: compared as ratio; difference: any value; proportion: from 0 to 1, margin in points; "
               "deterministic: exactly"},
              into(options.kind));
  line.option(
      "separator",
      {"WHICH", "what stands between columns: comma, semicolon, tab or any other character (default: guessed)"},
      offering({"comma", "semicolon", "tab"},
               {Arity::one, [&options](const std::string& text) { options.separator = take_separator(text); }, ""}));
  line.option("digits",
              {"FORM", "how numbers are written, shown for 1234.5: 1,234.5 or 1.234,5 (default: what is clear)"},
              into(options.digits));
  line.option("unit", {"UNIT", "unit of the values: s, B or any other"}, into(options.unit));
  line.option("fixed", {"", "take one look at all rows, instead of looks on the way"}, into(options.fixed));
  line.option(
      "unpaired",
      {"",
       "compare two files of values that were not measured in blocks: reports whether a difference is observed, "
       "but never an improvement, since the order was not controlled"},
      into(options.unpaired));
  line.option("column", {"NAME", "with --unpaired: the column with the values, in both files"}, into(options.column));
  line.option("batch", {"DIR", "judge every file there that ends in .csv: a line for each, or one JSON array"},
              into(options.batch));
  add_threads_option(line, options.threads);
  add_inference_options(line, options.protocol);
  line.option("seed", {"NUMBER", "seed of the random sign vectors, decimal or 0x hexadecimal (default 0)"},
              into(options.protocol.seed));
  add_output_options(line, options.output);
  add_result_options(line, options.result);
  add_export_option(line, options.exports);
  return line;
}

GivenText read_given(const std::string& file) {
  if (file.empty()) throw Error("FILE is empty: expected a file's name, or - for standard input");
  if (file != "-") return {host::read_named_file(file), file};
  return {std::string(std::istreambuf_iterator<char>(std::cin), {}), "standard input"};
}

/// How the files are written; what had to be guessed is told, unless many files are read at once.
interop::CsvForm csv_form(const AnalyseOptions& options) {
  interop::CsvForm form;
  form.separator = options.separator;
  form.digits = options.digits;
  if (options.kind == MetricKind::deterministic) form.whole_numbers = interop::WholeNumbers::exact;
  if (options.output.quiet || options.batch) return form;
  form.on_guess = [](const std::string& guess) { print_remark(fmt::format("assay: {}", guess)); };
  return form;
}

std::vector<design::ValuePair> read_pairs(const AnalyseOptions& options, const GivenText& given) {
  try {
    return interop::read_paired_csv(given.text, given.name, options.columns, csv_form(options));
  } catch (const interop::NoSuchColumn& error) {
    const bool order = error.wanted() == options.columns.order;
    const bool control = error.wanted() == options.columns.control;
    throw Error(fmt::format("{}; choose one with --{}", error.what(),
                            order     ? "order"
                            : control ? "control"
                                      : "treatment"));
  }
}

Metric metric_of(const AnalyseOptions& options) {
  Metric metric;
  metric.name = "value";
  metric.unit = options.unit;
  metric.direction = options.direction;
  metric.kind = options.kind;
  metric.role = MetricRole::primary;
  metric.margin = options.protocol.margin.value_or(definition::kDefaultMargin);
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
                             .protocol = definition::settled_protocol(options.protocol, all_rows),
                             .seed = options.protocol.seed.value_or(Seed{0}),
                             .order = options.columns.order ? OrderSource::told : OrderSource::unknown});
}

/// Two samples are compared by one test, without a margin.
void check_unpaired_options(const AnalyseOptions& options) {
  refuse_exports(options.exports, ", and --unpaired makes none");
  if (options.files.size() != 2) {
    throw Error(fmt::format("--unpaired takes two files, control and then treatment, and {} {} given",
                            options.files.size(), options.files.size() == 1 ? "is" : "are"));
  }
  if (options.files[0] == "-" && options.files[1] == "-")
    throw Error("--unpaired: only one file can be standard input");
  const bool columns_given = options.columns.control != interop::ArmColumns{}.control ||
                             options.columns.treatment != interop::ArmColumns{}.treatment;
  if (options.columns.order) throw Error("--order tells the order within blocks: with --unpaired there are none");
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
  definition::check_protocol_options(options.protocol);
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
  if (options.batch) refuse_exports(options.exports, ", and --batch has several");
  if (options.unpaired) return check_unpaired_options(options);
  if (!options.batch && (options.files.empty() || options.files.size() > 2)) {
    throw Error(fmt::format("analyse takes one FILE or two, and {} given (see --batch)",
                            options.files.empty() ? "none is" : "more are"));
  }
}

void check_pairs(const AnalyseOptions& options, const std::string& file, const std::vector<design::ValuePair>& pairs) {
  if (options.fixed && pairs.size() > interop::kMostFixedBlocks) {
    throw Error(
        fmt::format("--fixed takes at most {} rows, and {} has {}", interop::kMostFixedBlocks, file, pairs.size()));
  }
  if (options.kind != MetricKind::proportion) return;
  for_option("--kind proportion", [&] { interop::check_shares(pairs); });
}

std::vector<design::ValuePair> checked_pairs(const AnalyseOptions& options, const GivenText& given) {
  std::vector<design::ValuePair> pairs = read_pairs(options, given);
  check_pairs(options, given.name, pairs);
  return pairs;
}

decide::JudgedAttempt judge(const AnalyseOptions& options, const std::vector<design::ValuePair>& pairs) {
  return interop::replay(plan_of(options, pairs.size()), pairs);
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Notes that the file was judged before with fewer rows. A claim at a planned look needs no note: it would stand
/// however often the file is read.
void note_readings(const AnalyseOptions& options, const std::vector<design::ValuePair>& pairs,
                   decide::JudgedAttempt& attempt) {
  const std::string& file = options.files.front();
  const std::string state =
      interop::readings_file({.state_home = variable("XDG_STATE_HOME"), .home = variable("HOME")});
  if (file == "-" || state.empty() || attempt.result.stop != Stop::cap) return;
  const std::string note = interop::readings_note(interop::count_reading(state, host::absolute_path(file), pairs));
  if (!note.empty()) attempt.result.audit.notes.push_back(note);
}

ExitCode analyse_pairs(const AnalyseOptions& options, const GivenText& given) {
  const std::vector<design::ValuePair> pairs = checked_pairs(options, given);
  decide::JudgedAttempt attempt = judge(options, pairs);
  note_readings(options, pairs, attempt);
  write_exports(options.exports, {attempt.plan, attempt.blocks, attempt.result});
  AttemptHeading heading;
  heading.command = "analyse";
  heading.plan_sha256 = attempt.plan_sha256;
  print_result(heading, attempt.plan, attempt.result, options.output, options.result, "");
  return exit_code_of(attempt.result, options.result);
}

/// 1 if a file could not be judged, else the highest exit code of any.
ExitCode code_of(const std::vector<interop::JudgedFile>& files, const ResultOptions& options) {
  ExitCode highest = ExitCode::ok;
  for (const interop::JudgedFile& file : files) {
    const auto* const attempt = std::get_if<decide::JudgedAttempt>(&file.outcome);
    if (attempt == nullptr) return ExitCode::error;
    highest = std::max(highest, exit_code_of(attempt->result, options));
  }
  return highest;
}

ExitCode analyse_folder(const AnalyseOptions& options) {
  const auto files = for_option("--batch", [&] { return interop::csv_files_in(*options.batch); });
  const std::vector<interop::JudgedFile> judged = interop::judge_files(
      files, thread_count(options.threads),
      [&](const std::string& file) { return judge(options, checked_pairs(options, read_given(file))); });
  if (options.output.json) {
    print_json(report::batch_json(judged));
  } else {
    report::TextStyle style = output_style(read_terminal(), options.output);
    style.time_unit = options.result.time_unit;
    print_output(report::batch_text(judged, style));
  }
  return code_of(judged, options.result);
}

/// One trial in each row, whatever else the rows hold.
std::vector<double> read_values(const AnalyseOptions& options, const std::string& file) {
  const GivenText given = read_given(file);
  try {
    const interop::TraceColumns columns{.value = options.column, .group = std::nullopt};
    return interop::read_trace_csv(given.text, given.name, columns, csv_form(options)).groups.front();
  } catch (const interop::NoSuchColumn& error) {
    throw Error(fmt::format("{}; choose one with --column", error.what()));
  }
}

ExitCode print_unpaired(const OutputOptions& output, const nlohmann::json& document, const std::string& text) {
  if (output.json) {
    print_json(document);
  } else {
    print_output(output.quiet ? text.substr(0, text.find('\n') + 1) : text);
  }
  return ExitCode::ok;
}

interop::UnpairedShares compare_shares(const interop::UnpairedValues& values,
                                       const interop::UnpairedQuestion& question) {
  try {
    return compare_unpaired_shares(values, question);
  } catch (const interop::ShareInsideTrial& error) {
    throw Error(fmt::format("{}; a share that was counted inside a trial is --kind difference", error.what()));
  }
}

ExitCode analyse_unpaired(const AnalyseOptions& options) {
  const interop::UnpairedQuestion question{.metric = metric_of(options),
                                           .alpha = definition::settled_protocol(options.protocol, std::nullopt).alpha,
                                           .seed = options.protocol.seed.value_or(Seed{0})};
  const interop::UnpairedValues values{.control = read_values(options, options.files[0]),
                                       .treatment = read_values(options, options.files[1])};
  if (options.kind == MetricKind::proportion) {
    const auto shares = for_option("--unpaired", [&] { return compare_shares(values, question); });
    return print_unpaired(options.output, report::unpaired_shares_json(shares, question),
                          report::unpaired_shares_text(shares, question));
  }
  const auto result = for_option("--unpaired", [&] { return compare_unpaired(values, question); });
  return print_unpaired(options.output, report::unpaired_json(result, question),
                        report::unpaired_text(result, question, options.result.time_unit));
}

SampleOptions sample_options(const AnalyseOptions& options) {
  const interop::ArmColumns defaults;
  SampleOptions samples{.format = options.format,
                        .digits = options.digits,
                        .question = {.metric = options.metric,
                                     .alpha = definition::settled_protocol(options.protocol, std::nullopt).alpha,
                                     .seed = options.protocol.seed.value_or(Seed{0})}};
  if (options.columns.control != defaults.control) samples.question.control = options.columns.control;
  if (options.columns.treatment != defaults.treatment) samples.question.treatment = options.columns.treatment;
  return samples;
}

/// What another tool wrote, or pairs.
ExitCode analyse_files(const AnalyseOptions& options) {
  std::vector<GivenText> given;
  for (const std::string& file : options.files) given.push_back(read_given(file));
  const std::optional<ExitCode> done =
      analyse_samples(given, sample_options(options), options.output, options.result.time_unit);
  if (done) return *done;
  if (given.size() == 2) {
    for (const GivenText& one : given) refuse_what_is_no_text(one);
    throw Error(
        fmt::format("{} and {} are of no format that is read from two files: name it with --format, or compare "
                    "a column of each with --unpaired",
                    given[0].name, given[1].name));
  }
  if (options.metric) throw Error("--metric goes with a file of another tool");
  return analyse_pairs(options, given.front());
}

}  // namespace

ExitCode command_analyse(const Arguments& arguments) {
  AnalyseOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_options(options);
  refuse_two_on_standard_output(options.exports, options.output);
  if (options.unpaired) return analyse_unpaired(options);
  return options.batch ? analyse_folder(options) : analyse_files(options);
}

}  // namespace assay::cli
