#include "experiments/screen/compare_options.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/options/check_option.hpp"
#include "experiments/definition/options/shell_hint.hpp"
#include "experiments/report/exports/export_formats.hpp"
#include "experiments/screen/exit_code.hpp"
#include "experiments/screen/export_options.hpp"

namespace assay::screen {
namespace {

void take_variable(const std::string& text, std::map<std::string, std::string>& variables) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Error(fmt::format("{}: expected NAME=VALUE, for example LC_ALL=C", in_quotes(text)));
  }
  const std::string name = text.substr(0, equals);
  if (!variables.emplace(name, text.substr(equals + 1)).second) throw Error(fmt::format("{} is set twice", name));
}

/// hyperfine's "auto" orders its exported tables by command, as they are here.
void check_order(const std::string& text) {
  if (text == "mean-time")
    throw Error("mean-time: arms are shown in the order of the commands; the table of --export-csv can be sorted");
  if (text != "auto" && text != "command") throw Error(not_one_of(text, {"auto", "command"}));
}

constexpr const char* kAllFailures = "all-non-zero";

/// "all-non-zero" as hyperfine has it, or codes apart by commas.
std::vector<int> read_ignored_codes(const std::string& text) {
  if (text == kAllFailures) return {};
  std::vector<int> codes;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    int code = -1;
    const auto [rest, error] = std::from_chars(text.data() + at, text.data() + end, code);
    if (error != std::errc() || rest != text.data() + end || code < 1 || code > 255) {
      throw Error(fmt::format("{}: expected all-non-zero or exit codes from 1 to 255, such as 1,2", in_quotes(text)));
    }
    codes.push_back(code);
    at = end + 1;
  }
  return codes;
}

/// As hyperfine has it, the option may be given once for each command; here it has to be the same each time.
ValueTarget same_for_all(std::string& target) {
  const auto is_given = std::make_shared<bool>(false);
  const auto take = [&target, is_given](const std::string& text) {
    if (*is_given && text != target) {
      throw Error(
          fmt::format("{} and {}: it is the same for all commands, because the arms may differ in nothing but their "
                      "commands; give one that serves them all",
                      in_quotes(target), in_quotes(text)));
    }
    *is_given = true;
    target = text;
  };
  return {Arity::many, take, target};
}

/// hyperfine 1 has `-S SHELL`, and hyperfine 2 has `-S` for the usual one. The word after it tells which is meant.
ValueTarget shell_or_usual(CompareOptions& options) {
  ValueTarget target = into(options.comparison.shell);
  target.arity = Arity::many;  // the last one counts, as in hyperfine
  target.implied = "default";
  target.takes_next = definition::is_shell;
  target.leaves_next = [&options](std::string_view word) { options.word_after_shell = word; };
  return target;
}

void add_parameter_options(CommandLine& line, CompareOptions& options) {
  line.begin_group("Parameters");
  line.option(
      "parameter-list,L",
      {"VAR VALUES",
       "put each of these values, apart by commas, in place of {VAR}: a command for each; of several lists the first "
       "changes fastest, after the commands"},
      into(options.comparison.lists));
  line.option("parameter-scan,P", {"VAR MIN MAX", "the same with the numbers from MIN to MAX"},
              into(options.comparison.scans));
  line.option("parameter-step-size,D", {"DELTA", "step of --parameter-scan (default 1; numbers with decimals need it)"},
              into(options.comparison.scan_step));
  line.option("race",
              {"",
               "let the values of the only parameter race for the best: a value that is worse than another leaves, and "
               "the best is measured afresh against the first"},
              into(options.comparison.race));
}

void add_command_options(CommandLine& line, CompareOptions& options) {
  line.begin_group("Commands");
  line.option("command-name,n", {"NAME", "what to call a command; give it once for each command, in their order"},
              into(options.comparison.names));
  line.option("reference", {"COMMAND", "control, which all COMMANDs are compared with (default: the first of them)"},
              into(options.comparison.reference));
  line.option("reference-name", {"NAME", "what to call --reference"}, into(options.comparison.reference_name));
  line.option("shell,S",
              {"SHELL",
               "run commands and hooks through this shell, such as sh or 'bash -e'; -S before a word that is "
               "no shell means sh"},
              shell_or_usual(options));
  line.option("no-shell,N", {"", "run them without a shell, which is the default"}, into(options.comparison.no_shell));
  line.option("warmup,w", {"N", "trials of each command before the first block; they do not count"},
              into(options.comparison.warmup, {0, 10000}));
  line.option("setup,s", {"COMMAND", "run once for each command, before its first trial"},
              same_for_all(options.comparison.setup));
  line.option("prepare,p", {"COMMAND", "run before every trial, outside the clock"},
              same_for_all(options.comparison.prepare));
  line.option("conclude,C", {"COMMAND", "run after every trial, outside the clock"},
              same_for_all(options.comparison.conclude));
  line.option("cleanup,c", {"COMMAND", "run once for each command, after its last trial"},
              same_for_all(options.comparison.cleanup));
  line.option("ignore-failure,i", {"CODES", "count a trial whatever its exit code; with =1,2 only beside these"},
              {Arity::maybe,
               [&options](const std::string& text) { options.comparison.ignored_codes = read_ignored_codes(text); }, "",
               kAllFailures});
  line.option("working-directory", {"FOLDER", "folder that they run in; with --rev one of the revision's"},
              into(options.comparison.working_directory));
  line.option("set", {"NAME=VALUE", "environment variable of every command; its value may hold a parameter as {VAR}"},
              {Arity::many, [&options](const std::string& text) { take_variable(text, options.comparison.set); }, ""});
  line.option("input", {"FILE", "standard input of the commands; null: empty"}, into(options.comparison.input));
  line.option(
      "output",
      {"WHERE",
       "where their standard output goes: null (/dev/null, which some programs notice), pipe (assay reads it and "
       "drops it) or a file"},
      same_for_all(options.comparison.output));
  line.option("timeout", {"TIME", "end a trial that takes longer; it has failed"}, into(options.comparison.timeout));
  line.option(
      "check",
      {"KIND[=FILE]",
       "what must hold in every trial: same-output, no-leaks, isolation, junit, tap, ctest, condition=CONDITION "
       "or command=COMMAND; may be given several times"},
      offering(definition::beginnings_of_checks(), {Arity::many,
                                                    [&options](const std::string& text) {
                                                      options.comparison.checks.push_back(
                                                          definition::read_check_option(text));
                                                    },
                                                    ""}));
}

void add_revision_options(CommandLine& line, CompareOptions& options) {
  line.begin_group("Revisions");
  line.option("rev", {"REVISION", "compare git revisions, control first; give it twice or more, with only one COMMAND"},
              into(options.comparison.revisions));
  line.option("build", {"COMMAND", "run at the top of each revision's own clone, before the first trial"},
              into(options.comparison.build));
  line.option("builds", {"N", "build each revision N times, each time linked in another order (default 1)"},
              into(options.comparison.builds, {1, 20}));
  line.option("repository", {"FOLDER", "repository of the revisions (default: the one around the current folder)"},
              into(options.comparison.repository));
  line.option(
      "checkout",
      {"STEP", "also check out submodules, or run the filters (LFS) of your git configuration: submodules, filters"},
      offering(names_of_enum<CheckoutStep>(), {Arity::many,
                                               [&options](const std::string& text) {
                                                 options.comparison.checkout.push_back(read_enum<CheckoutStep>(text));
                                               },
                                               ""}));
  line.option("harness", {"GLOB", "files of the revisions that may not differ (default: scripts that COMMAND names)"},
              into(options.comparison.harness));
}

void add_protocol(CommandLine& line, CompareOptions& options) {
  add_protocol_options(line, options.comparison.protocol);
  line.option("runs,r",
              {"N", "run exactly this many blocks (a block is one trial of each command) and analyse them once"},
              into(options.comparison.runs, {1, kMostBlocks}));
  line.option("metric", {"NAME", "metric to compare, such as wall, cpu or max_rss"}, into(options.comparison.metric));
  line.option("guard", {"NAME=PERCENT", "metric that must not become worse by more than this, such as max_rss=10%"},
              into(options.comparison.guards));
}

/// An option of hyperfine's that asks for an export.
struct HyperfineExport {
  const char* option;
  const char* format;
  const char* help;
};

void add_hyperfine_export(CommandLine& line, const HyperfineExport& asked, ExportOptions& exports) {
  line.option(asked.option,
              {"FILE", fmt::format("{}, like --export {}=FILE; - for standard output", asked.help, asked.format)},
              {Arity::one,
               [&exports, format = asked.format](const std::string& file) {
                 add_export_request({&report::export_format(format), file}, exports);
               },
               ""});
}

void add_output(CommandLine& line, CompareOptions& options) {
  add_output_options(line, options.output);
  add_style_option(line, options.output);
  line.option("sort", {"METHOD", "order of the arms: auto or command, which are both that of the commands"},
              offering({"auto", "command"}, {Arity::one, check_order, ""}));
  add_result_options(line, options.result);
  add_hyperfine_export(line, {"export-json", "hyperfine", "write the trials as hyperfine does"}, options.exports);
  add_hyperfine_export(line, {"export-csv", "hyperfine-csv", "write the figures as hyperfine does"}, options.exports);
  add_hyperfine_export(line, {"export-markdown", "hyperfine-markdown", "write a table as hyperfine does"},
                       options.exports);
  add_hyperfine_export(line, {"export-asciidoc", "hyperfine-asciidoc", "the same in AsciiDoc"}, options.exports);
  add_hyperfine_export(line, {"export-orgmode", "hyperfine-orgmode", "the same for Emacs org-mode"}, options.exports);
  add_export_option(line, options.exports);
  line.option("record", {"", "keep a record and an entry in DECISIONS.md; needs a lab"}, into(options.record));
}

/// An option of several words, as far as one word holds it.
struct LongValue {
  std::size_t words = 0;             ///< that it takes in all
  std::string option;                ///< "-P", "-NP" or "--parameter-scan"
  std::optional<std::string> first;  ///< the first of them, if it is part of the same word
};

std::optional<LongValue> long_value(const std::string& word) {
  constexpr std::string_view kSwitches = "Ni";  // that can stand before it in one word
  for (const auto& [name, letter, words] :
       {std::tuple{"--parameter-scan", 'P', std::size_t{3}}, std::tuple{"--parameter-list", 'L', std::size_t{2}}}) {
    const std::string_view text = word;
    if (text == name) return LongValue{words, word, std::nullopt};
    if (text.starts_with(name) && text.substr(std::string_view(name).size()).starts_with('=')) {
      return LongValue{words, name, word.substr(std::string_view(name).size() + 1)};
    }
    const std::size_t at = text.find_first_not_of(kSwitches, 1);
    if (!text.starts_with('-') || at == std::string_view::npos || text[at] != letter) continue;
    std::string first = word.substr(at + 1);
    if (first.starts_with('=')) first.erase(0, 1);
    return LongValue{words, word.substr(0, at + 1), first.empty() ? std::nullopt : std::optional(first)};
  }
  return std::nullopt;
}

}  // namespace

CommandLine compare_command_line(CompareOptions& options) {
  CommandLine line(
      {.name = "compare",
       .synopsis = "COMMAND COMMAND...",
       .about = "Compares commands with the first, which is control, in randomised blocks, until the difference or its "
                "absence is shown. Words are split as a shell splits them; a pipe or a redirection needs --shell. With "
                "--rev, one command is run in a clone of each git revision.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive,
                                ExitCode::invalid, ExitCode::refused, ExitCode::interrupted}),
       .examples = {"assay compare 'sleep 0.050' 'sleep 0.040' --margin 5%",
                    "assay compare -S sh 'sort words | uniq' 'sort -u words'",
                    "assay compare --rev main --rev HEAD --build make -- ./bench"}});
  line.word({"COMMAND", "control, then what is compared with it; the same command twice is an A/A comparison"},
            into(options.comparison.commands), Occurs::any);
  add_command_options(line, options);
  add_parameter_options(line, options);
  add_revision_options(line, options);
  line.also_called("env", "set");
  line.also_called("min-runs", "min-blocks");
  line.also_called("max-runs", "max-blocks");
  line.refuse("show-output",
              "what trials print never goes to the screen, which would disturb the clock; --output FILE keeps it");
  line.refuse("min-benchmarking-time",
              "blocks are measured until the evidence decides; --min-blocks N and --max-time TIME bound them");
  line.refuse("debug-mode", "assay simulate plays a comparison without running commands");
  line.refuse("metrics",
              "one metric is judged: --metric NAME; others are held by --guard NAME=PERCENT, and --export "
              "trials=FILE has those that every trial has");
  add_protocol(line, options);
  add_futility_option(line, options.running.futility);
  add_measuring_options(line, options.running);
  add_output(line, options);
  return line;
}

Arguments with_joined_parameters(const Arguments& arguments) {
  Arguments joined;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at] == "--") {
      joined.insert(joined.end(), arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
      break;
    }
    const std::optional<LongValue> taken = long_value(arguments[at]);
    if (!taken) {
      joined.push_back(arguments[at]);
      continue;
    }
    joined.push_back(taken->option);
    if (!taken->first && at + 1 >= arguments.size()) continue;
    std::string value = taken->first ? *taken->first : arguments[++at];
    // One word in quotes is accepted as it is.
    const std::size_t more = value.find(' ') == std::string::npos ? taken->words - 1 : 0;
    if (at + more >= arguments.size()) {
      throw Error(fmt::format("{} takes {} words: {}", taken->option, taken->words,
                              taken->words == 3 ? "-P threads 1 8" : "-L threads 1,2,4"));
    }
    for (std::size_t word = 0; word < more; ++word) value += ' ' + arguments[++at];
    joined.push_back(std::move(value));
  }
  return joined;
}

}  // namespace assay::screen
