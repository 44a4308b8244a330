#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/attempt/comparison.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/definition/options/comparison_arms.hpp"
#include "experiments/interop/one_command.hpp"
#include "experiments/report/interop/one_command_text.hpp"
#include "experiments/screen/compare_options.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"
#include "experiments/trial/accepted_failures.hpp"

namespace assay::cli {
namespace {

Error error_of_comparison(const Refusal& refusal) {
  if (std::holds_alternative<NoLab>(refusal.reason)) return Error("--record: no lab here; make one with: assay init");
  return error_of(refusal);
}

attempt::Ending run(const CompareOptions& options) {
  const attempt::ComparisonRequest comparison{.definition = definition::comparison_definition(options.comparison),
                                              .folder = std::filesystem::current_path().string(),
                                              .keep = options.record ? attempt::Keep::record : attempt::Keep::nothing};
  ProgressDisplay display(real_progress_output(options.output));
  return attempt::run_comparison(comparison, options.running, display);
}

interop::SaidOfArms said_of_arms(const CompareOptions& options, bool single) {
  interop::SaidOfArms said;
  said.is_one_command = single;
  for (const definition::ComparisonArm& arm : definition::comparison_arms(options.comparison)) {
    said.arms.push_back({arm.name, arm.values, arm.values_without_place});
  }
  return said;
}

ExitCode print_single(const CompareOptions& options, const AttemptHeading& heading, const attempt::Outcome& outcome) {
  if (options.output.json) {
    print_json(result_object(heading, outcome.plan, outcome.result));
  } else {
    report::TextStyle style = output_style(read_terminal(), options.output);
    style.time_unit = options.result.time_unit;
    const interop::CommandFigures figures = interop::command_figures({outcome.plan, outcome.blocks, outcome.result});
    print_output(report::one_command_text(figures, outcome.result, style));
  }
  return outcome.result.verdict == Verdict::invalid ? ExitCode::invalid : ExitCode::ok;
}

/// Whether the number of blocks was given in the words for hyperfine's runs.
bool counts_runs(const CommandLine& line) {
  return line.was_given("runs") || line.was_given_by_other_name("min-blocks") ||
         line.was_given_by_other_name("max-blocks");
}

void say_that_runs_are_blocks(const OutputOptions& output, bool single) {
  if (output.quiet || output.json) return;
  print_remark(fmt::format("assay: runs are blocks here: each is {}, in an order that is drawn",
                           single ? "two trials of the command" : "one trial of every command"));
}

/// Without a table only a remark shows that what was measured failed.
void say_what_failed(const OutputOptions& output, const attempt::Outcome& outcome) {
  if (!output.quiet || output.json) return;
  for (const std::string& note : trial::accepted_failure_notes(outcome.plan, outcome.blocks)) {
    print_remark(fmt::format("assay: {}", printable(note)));
  }
}

/// With hyperfine 1 the word after `-S` would have been the shell, whatever it is.
void say_what_follows_shell(const CompareOptions& options) {
  const std::string& word = options.word_after_shell;
  const bool may_be_shell = !word.empty() && word.front() != '-' && word.find_first_of(" |&;<>()$`*~") == word.npos;
  if (!may_be_shell || options.output.quiet || options.output.json) return;
  print_remark(
      fmt::format("assay: -S is --shell=default here, and {} is a command; --shell {} would run commands in it",
                  in_quotes(word), word));
}

ExitCode compare(CompareOptions options, const CommandLine& line, const Arguments& words) {
  refuse_two_on_standard_output(options.exports, options.output);
  const bool single = is_single(options.comparison);
  if (single) pair_with_itself(options.comparison);
  const interop::SaidOfArms said = said_of_arms(options, single);
  attempt::Ending ending = run(options);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of_comparison(*refusal);
  say_what_follows_shell(options);
  if (counts_runs(line)) say_that_runs_are_blocks(options.output, single);
  const bool interrupted = std::holds_alternative<attempt::Interrupted>(ending);
  const AttemptHeading heading = heading_of("compare", ending);
  const attempt::Outcome outcome = outcome_of(std::move(ending));
  // A file that cannot be written, as on a full disk, takes nothing away from what is shown.
  const auto export_it = [&] {
    write_exports(options.exports, {outcome.plan, outcome.blocks, outcome.result, &said, options.result.time_unit});
  };
  if (single && !interrupted) {
    const ExitCode code = print_single(options, heading, outcome);
    export_it();
    return code;
  }
  print_result(heading, outcome.plan, outcome.result, options.output, options.result,
               advice_command(words, outcome.plan, outcome.result));
  say_what_failed(options.output, outcome);
  export_it();
  if (interrupted) {
    print_remark("assay: interrupted; a comparison is not taken up again, an experiment file is: see assay init");
    return ExitCode::interrupted;
  }
  return exit_code_of(outcome.result, options.result);
}

}  // namespace

ExitCode command_compare(const Arguments& arguments) {
  CompareOptions options;
  CommandLine line = compare_command_line(options);
  if (line.parse(with_joined_parameters(arguments)) == Parsed::help_wanted) return print_help(line);
  if (line.was_given_by_other_name("set")) options.comparison.set_option = "--env";
  Arguments words = {"compare"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return compare(options, line, words);
}

}  // namespace assay::cli
