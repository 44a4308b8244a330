#include <cstdlib>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/span/run_span.hpp"
#include "core/text/utf8.hpp"
#include "experiments/campaign/run_phases.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/screen/console.hpp"

namespace assay::cli {
namespace {

struct SpanOptions {
  std::string name;
  Arguments command;
  std::optional<std::string> into;
};

CommandLine command_line(SpanOptions& options) {
  CommandLine line(
      {.name = "span",
       .synopsis = "NAME -- COMMAND [ARGUMENT...]",
       .about = "Runs a command and reports the time it took as a span of the trial, in the file that "
                "$ASSAY_SPANS names; without that variable it only runs the command. With --into it adds "
                "the span to the run's own results, outside any trial, too. Ends as the command ended, "
                "or with 127 if there is no such program. In a trial, assay-span does the same and "
                "costs less.",
       .exit_codes = described({ExitCode::error}),
       .examples = {"assay span pull -- docker pull alpine", "assay span --into results.json build -- make"}});
  line.word({"NAME", "name of the span, as in from = \"spans:duration(NAME)\""}, into(options.name), Occurs::once);
  line.option("into",
              {"FILE",
               "a JSON object, made if it is missing: the span is added to its list \"spans\", and its seconds to "
               "\"phases\", where a metric reads them as json:/phases/NAME"},
              into(options.into));
  line.word({"COMMAND", "the program and its arguments"}, into(options.command), Occurs::at_least_once);
  return line;
}

/// The command is what matters: if its span cannot be added, that is said and changes nothing else.
void add_span_to(const std::string& file, const campaign::RunSpan& span) {
  try {
    campaign::add_to_results(file, span);
  } catch (const Error& error) {
    print_remark(fmt::format("assay: --into: {}", error.what()));
  }
}

}  // namespace

ExitCode command_span(const Arguments& arguments) {
  SpanOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  if (!host::may_name_span(options.name.c_str())) {
    throw Error(
        fmt::format("{} cannot be the name of a span: expected 1 to {} bytes without control characters, and not "
                    "{}, which stands for the time outside of all spans",
                    in_quotes(options.name), host::kLongestSpanName, host::kNoSpanName));
  }
  std::vector<char*> command;
  for (std::string& word : options.command) command.push_back(word.data());
  command.push_back(nullptr);
  const host::SpanRun run = host::run_span(options.name.c_str(), command.data(), std::getenv("ASSAY_SPANS"));
  if (options.into) add_span_to(*options.into, campaign::RunSpan{options.name, run});
  host::end_as(run.status);
}

}  // namespace assay::cli
