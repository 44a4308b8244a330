#include "experiments/cli/program_help.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "experiments/cli/command.hpp"
#include "experiments/console/help/man_page.hpp"

namespace assay::cli {
namespace {

using console::ExitMeaning;
using console::roff_entry;
using console::roff_literal;
using console::roff_section;
using console::roff_text;

struct Explained {
  std::string_view name;
  std::string_view meaning;
};

constexpr std::array kFiles = {
    Explained{".assay/lab.db", "the journal: every trial, as it ends"},
    Explained{".assay/records/", "the evidence of every attempt and decision; commit these"},
    Explained{".assay/environments.toml", "how machines are recognised"},
    Explained{"DECISIONS.md", "what was kept and what was discarded, rendered from the records"},
};

constexpr std::array kEnvironment = {
    Explained{"ASSAY_ACTOR", "who acts, if --actor is not given; else git's user.email"},
    Explained{"ASSAY_LOCK_DIR", "where the lock is that lets one measurement run at a time on a host"},
    Explained{"ASSAY_PAGER, PAGER", "the program that shows long text on a terminal; \"cat\" or empty: none"},
    Explained{"ASSAY_SPANS", "set for every trial: where its phases are to be written, see assay-span(1)"},
    Explained{"NO_COLOR", "if it is not empty, there are no colours unless --color always is given"},
};

/// Every exit code, in the order of their numbers.
std::vector<ExitMeaning> all_exit_codes() {
  return described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive, ExitCode::invalid,
                    ExitCode::refused, ExitCode::interrupted});
}

std::string page_name(std::string_view command) {
  return fmt::format("\\fB{}\\fR(1)", roff_literal(fmt::format("assay-{}", command)));
}

/// The line above the commands of a group; empty for those about assay itself.
std::string title_line(CommandGroup group) {
  const std::string_view title = title_of(group);
  return title.empty() ? "" : fmt::format("{}:\n", title);
}

std::string roff_group(CommandGroup group) {
  const std::string_view title = title_of(group);
  return title.empty() ? ".SS About assay itself\n" : fmt::format(".SS {}\n", roff_literal(title));
}

template <class List>
std::string explained_section(std::string_view title, const List& list) {
  std::string text = roff_section(title);
  for (const Explained& explained : list) text += roff_entry(explained.name, explained.meaning);
  return text;
}

}  // namespace

std::string program_help_text() {
  std::string text =
      "usage: assay COMMAND [OPTIONS]\n\n"
      "Finds out by controlled experiments whether a change is an improvement.\n";
  std::optional<CommandGroup> group;
  for (const Command& command : commands()) {
    if (group != command.group) text += fmt::format("\n{}", title_line(command.group));
    group = command.group;
    text += fmt::format("  {:<10} {}\n", command.name, command.summary);
  }
  text +=
      "  help       show how one command is used: assay help COMMAND\n"
      "  --version  version, compiler and libraries\n"
      "\nExit codes:\n";
  for (const ExitMeaning& code : all_exit_codes()) {
    text += fmt::format("  {:<5}{}\n", code.number, code.words);
  }
  return text;
}

std::string program_man_page_body() {
  std::string text = roff_section("NAME") + "assay \\- settle by controlled trials whether a change made it better\n" +
                     roff_section("SYNOPSIS") + "\\fBassay\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n" +
                     roff_section("DESCRIPTION");
  text += roff_text(
      "assay runs two versions of something again and again in randomised blocks, tests whether the difference is "
      "real and big enough to matter, checks that nothing correct was given up for it, stops as soon as the evidence "
      "allows, and writes down the decision with the evidence to recompute it.");
  text += roff_section("COMMANDS");
  std::optional<CommandGroup> group;
  for (const Command& command : commands()) {
    if (group != command.group) text += roff_group(command.group);
    group = command.group;
    text += fmt::format(".TP\n{}\n{}", page_name(command.name), roff_text(command.summary));
  }
  text += roff_section("OPTIONS") + roff_entry("--help, -h", "print all commands and exit codes") +
          roff_entry("--version, -V", "print the version, compiler and libraries");
  text += console::roff_exit_status(all_exit_codes()) + explained_section("ENVIRONMENT", kEnvironment) +
          explained_section("FILES", kFiles);
  text += console::roff_examples({"assay compare 'gzip -1 -c big.txt' 'gzip -6 -c big.txt'",
                                  "assay compare --rev main --rev HEAD --build make -- ./bench", "assay init",
                                  "assay run experiment.toml"});
  return text + roff_section("SEE ALSO") + "\\fBassay\\-experiment\\fR(5), \\fBhyperfine\\fR(1), \\fBgit\\fR(1)\n";
}

console::ProgramSummary program_summary() {
  console::ProgramSummary program{.commands = {}, .list_of_records = "log"};
  for (const Command& command : commands()) program.commands.push_back({command.name, command.summary});
  return program;
}

}  // namespace assay::cli
