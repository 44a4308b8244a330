#include "experiments/screen/analysing/analyse_options.hpp"

#include <array>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/screen/exit_code.hpp"
#include "experiments/screen/noise_options.hpp"

namespace assay::screen {
namespace {

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

/// Why a comparison does not use an option; null if it does.
struct UnusedOption {
  const char* name;
  const char* folder;
  const char* unpaired;
  const char* tool_files;
};

constexpr const char* kOneTest =
    "two samples are compared by one two-sided test without a margin, which uses only --alpha and --strict";
constexpr const char* kNoBlocks = "the values were not measured in blocks";
constexpr const char* kNoSide = "a difference is reported, but never which side is better";
constexpr const char* kNoAttempt = "two samples are no attempt whose trials could be written";
constexpr const char* kFileSays = "the file says it";
constexpr const char* kToolOnly = "it is for files of other tools, which are compared without --unpaired";
constexpr const char* kColumns = "it names a column of pairs; --column names that of the values, in both files";

constexpr std::array kUnusedOptions = {
    UnusedOption{"export", "there are several attempts, and an export holds one", kNoAttempt, kNoAttempt},
    UnusedOption{"margin", nullptr, kOneTest, kOneTest},
    UnusedOption{"alpha-eq", nullptr, kOneTest, kOneTest},
    UnusedOption{"one-sided", nullptr, kOneTest, kOneTest},
    UnusedOption{"goal", nullptr, kOneTest, kOneTest},
    UnusedOption{"kappa", nullptr, kOneTest, kOneTest},
    UnusedOption{"fixed", nullptr, kOneTest, kOneTest},
    UnusedOption{"anytime", nullptr, kOneTest, kOneTest},
    UnusedOption{"min-blocks", nullptr, kNoBlocks, kNoBlocks},
    UnusedOption{"max-blocks", nullptr, kNoBlocks, kNoBlocks},
    UnusedOption{"look-every-block", nullptr, kNoBlocks, kNoBlocks},
    UnusedOption{"order", nullptr, kNoBlocks, kNoBlocks},
    UnusedOption{"direction", nullptr, kNoSide, kNoSide},
    UnusedOption{"fail-on", nullptr, kNoSide, kNoSide},
    UnusedOption{"control", nullptr, kColumns, nullptr},
    UnusedOption{"treatment", nullptr, kColumns, nullptr},
    UnusedOption{"kind", nullptr, nullptr, "values of other tools are compared as ratios"},
    UnusedOption{"unit", nullptr, nullptr, kFileSays},
    UnusedOption{"separator", nullptr, nullptr, "the format has no columns that are set apart by one"},
    UnusedOption{"format", "a folder holds pairs of values", kToolOnly, nullptr},
    UnusedOption{"metric", "a folder holds pairs of values", kToolOnly, nullptr},
};

const char* reason_of(const UnusedOption& option, AnalyseSubject subject) {
  switch (subject) {
    case AnalyseSubject::pairs:
      return nullptr;
    case AnalyseSubject::folder:
      return option.folder;
    case AnalyseSubject::unpaired:
      return option.unpaired;
    case AnalyseSubject::tool_files:
      return option.tool_files;
  }
  return nullptr;
}

std::string_view title_of(AnalyseSubject subject) {
  switch (subject) {
    case AnalyseSubject::pairs:
      return "a comparison of pairs";
    case AnalyseSubject::folder:
      return "--batch";
    case AnalyseSubject::unpaired:
      return "--unpaired";
    case AnalyseSubject::tool_files:
      return "a comparison of another tool's values";
  }
  return "";
}

void check_unpaired_files(const AnalyseOptions& options) {
  if (options.files.size() != 2) {
    throw Error(fmt::format("--unpaired takes two files, control and then treatment, and {} {} given",
                            options.files.size(), options.files.size() == 1 ? "is" : "are"));
  }
  if (options.files[0] == "-" && options.files[1] == "-")
    throw Error("--unpaired: only one file can be standard input");
}

/// With one look at all rows there is no cap and no first look to choose.
void check_looks(const AnalyseOptions& options) {
  definition::check_protocol_options(options.protocol);
  const bool looks_given = options.protocol.first_look_given || options.protocol.cap_given;
  if (options.fixed && looks_given)
    throw Error("--fixed looks once, at all rows: leave --min-blocks and --max-blocks out");
}

}  // namespace

CommandLine analyse_command_line(AnalyseOptions& options) {
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

void refuse_unused_options(const CommandLine& line, AnalyseSubject subject) {
  for (const UnusedOption& option : kUnusedOptions) {
    const char* const reason = reason_of(option, subject);
    if (reason == nullptr || !line.was_given(option.name)) continue;
    throw Error(fmt::format("{} does not use --{}: {}", title_of(subject), option.name, reason));
  }
}

void check_analyse_options(const CommandLine& line, const AnalyseOptions& options) {
  if (!options.unpaired && options.column) throw Error("--column goes with --unpaired; see --control and --treatment");
  if (!options.batch && options.threads) throw Error("--threads goes with --batch");
  if (options.batch && (options.unpaired || !options.files.empty())) {
    throw Error("--batch takes its files from the folder: leave FILE and --unpaired out");
  }
  if (options.unpaired) {
    refuse_unused_options(line, AnalyseSubject::unpaired);
    check_unpaired_files(options);
  } else if (options.batch) {
    refuse_unused_options(line, AnalyseSubject::folder);
  } else if (options.files.empty() || options.files.size() > 2) {
    throw Error(fmt::format("analyse takes one FILE or two, and {} given (see --batch)",
                            options.files.empty() ? "none is" : "more are"));
  }
  check_looks(options);
  refuse_two_on_standard_output(options.exports, options.output);
}

GivenText read_given(const std::string& file) {
  if (file.empty()) throw Error("FILE is empty: expected a file's name, or - for standard input");
  if (file != "-") return {host::read_named_file(file), file};
  return {std::string(std::istreambuf_iterator<char>(std::cin), {}), "standard input"};
}

interop::CsvForm csv_form(const AnalyseOptions& options) {
  interop::CsvForm form;
  form.separator = options.separator;
  form.digits = options.digits;
  if (options.kind == MetricKind::deterministic) form.whole_numbers = interop::WholeNumbers::exact;
  if (options.output.quiet || options.batch) return form;
  form.on_guess = [](const std::string& guess) { print_remark(fmt::format("assay: {}", guess)); };
  return form;
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

}  // namespace assay::screen
