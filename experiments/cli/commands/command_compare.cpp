#include <filesystem>

#include "core/error.hpp"
#include "experiments/attempt/comparison.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/compare_options.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/cli/progress.hpp"
#include "experiments/cli/wording/refusal_text.hpp"

namespace assay::cli {
namespace {

Error error_of_comparison(const Refusal& refusal) {
  if (std::holds_alternative<NoLab>(refusal.reason)) return Error("--record: no lab here; make one with: assay init");
  return error_of(refusal);
}

attempt::Ending run(const CompareOptions& options) {
  const attempt::ComparisonRequest comparison{.definition = compare_definition(options),
                                              .folder = std::filesystem::current_path().string(),
                                              .keep = options.record ? attempt::Keep::record : attempt::Keep::nothing};
  ProgressDisplay display(real_progress_output(options.output_options));
  return attempt::run_comparison(comparison, options.running, display);
}

ExitCode compare(const CompareOptions& options, const Arguments& words) {
  attempt::Ending ending = run(options);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of_comparison(*refusal);
  const bool interrupted = std::holds_alternative<attempt::Interrupted>(ending);
  const AttemptHeading heading = heading_of("compare", ending);
  const attempt::Outcome outcome = outcome_of(std::move(ending));
  write_exports(options.exports, {outcome.plan, outcome.blocks, outcome.result});
  print_result(heading, outcome.plan, outcome.result, options.output_options, options.result,
               advice_command(words, outcome.plan, outcome.result));
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
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  Arguments words = {"compare"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return compare(options, words);
}

}  // namespace assay::cli
