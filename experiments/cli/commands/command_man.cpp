#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/date.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/experiment_man_page.hpp"
#include "experiments/cli/program_help.hpp"
#include "experiments/console/help/man_page.hpp"
#include "experiments/screen/console.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kExperimentPage = "experiment";

struct ManOptions {
  std::string page;
  std::optional<std::string> date;
  bool list = false;
};

std::vector<std::string> page_names() {
  std::vector<std::string> names = {std::string(kExperimentPage)};
  for (const Command& command : commands()) names.emplace_back(command.name);
  return names;
}

CommandLine man_line(ManOptions& options) {
  CommandLine line({.name = "man",
                    .synopsis = "[PAGE]",
                    .about = "Prints a manual page, in the form that man reads: of assay, of one of its commands, or "
                             "of experiment files. The pages are installed with assay.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error}),
                    .examples = {"assay man run | man -l -", "assay man experiment > assay-experiment.5"}});
  line.word({"PAGE", "a command, or experiment (default: the page of assay as a whole)"},
            offering(page_names(), into(options.page)), Occurs::at_most_once);
  line.option("list", {"", "print the file names of all pages instead, each with the PAGE that it holds"},
              into(options.list));
  line.option("date", {"DATE", "the date in the page's foot, such as 2030-01-31 (default: today)"}, into(options.date));
  return line;
}

std::string list_of_pages() {
  std::string text = "assay.1\nassay-experiment.5 experiment\n";
  for (const Command& command : commands()) text += fmt::format("assay-{0}.1 {0}\n", command.name);
  return text;
}

const Command& command_of_page(const std::string& page) {
  const auto all = commands();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == page; });
  if (found != all.end()) return *found;
  const std::vector<std::string> names = page_names();
  throw Error(not_one_of(page, {names.begin(), names.end()}));
}

}  // namespace

ExitCode command_man(const Arguments& arguments) {
  ManOptions options;
  CommandLine line = man_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  if (options.list) {
    print_output(list_of_pages());
    return ExitCode::ok;
  }
  const Date date =
      options.date ? for_option("--date", [&] { return parse_date(*options.date); }) : date_of(host::unix_time_ns());
  if (options.page.empty()) {
    print_output(console::man_page_title({.name = "assay"}, date) + program_man_page_body());
  } else if (options.page == kExperimentPage) {
    print_output(console::man_page_title({.name = "assay-experiment", .section = 5}, date) +
                 experiment_man_page_body());
  } else {
    const Command& command = command_of_page(options.page);
    print_output(console::man_page_title({.name = "assay-" + options.page}, date));
    return command.main({"--help=man"});
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
