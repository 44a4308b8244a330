#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/screen/analysing/analyse_options.hpp"
#include "experiments/screen/analysing/analyse_pairs.hpp"
#include "experiments/screen/analysing/analyse_samples.hpp"
#include "experiments/screen/console.hpp"

namespace assay::cli {
namespace {

/// What another tool wrote, or pairs.
ExitCode analyse_files(const CommandLine& line, const AnalyseOptions& options) {
  std::vector<GivenText> given;
  for (const std::string& file : options.files) given.push_back(read_given(file));
  if (const std::optional<ExitCode> done = analyse_samples(given, line, options)) return *done;
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
  CommandLine line = analyse_command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_analyse_options(line, options);
  if (options.unpaired) return analyse_unpaired(options);
  return options.batch ? analyse_folder(options) : analyse_files(line, options);
}

}  // namespace assay::cli
