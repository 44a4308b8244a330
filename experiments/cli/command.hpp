#pragma once

#include <span>
#include <string_view>

#include "experiments/screen/console.hpp"
#include "experiments/screen/exit_code.hpp"

namespace assay::cli {

// Commands use the names of the room `screen` as they are: it is the part of the program that they share.
using namespace screen;

/// What a command is for: `assay --help` lists commands under these titles, in this order.
enum class CommandGroup {
  trying,     ///< an experiment, from its file to its verdict
  measuring,  ///< machines, baselines, values from elsewhere
  claiming,   ///< effects that others measure again
  deciding,   ///< questions, targets, dead ends
  evidence,   ///< what the lab holds
  program,    ///< about assay itself; it has no title
};
[[nodiscard]] std::string_view title_of(CommandGroup group);

/// `assay doctor`, under one of its names.
[[nodiscard]] ExitCode examine_machine(const std::string& name, const Arguments& arguments);

/// One command of the program.
struct Command {
  CommandGroup group;
  std::string_view name;
  std::string_view summary;
  ExitCode (*main)(const Arguments& arguments);  ///< parses, then runs
};

/// All commands, in the order in which `assay --help` lists them: group by group.
[[nodiscard]] std::span<const Command> commands();

/// What only engines call: it is left out of help, completions and manual pages.
[[nodiscard]] std::span<const Command> engine_commands();

/// Prints the help of a command to standard output, in the form that was asked for.
ExitCode print_help(const CommandLine& line);

// One function in each file command_<name>.cpp: it parses its words, then runs.
ExitCode command_aa(const Arguments& arguments);
ExitCode command_analyse(const Arguments& arguments);
ExitCode command_baseline(const Arguments& arguments);
ExitCode command_challenge(const Arguments& arguments);
ExitCode command_check(const Arguments& arguments);
ExitCode command_claim(const Arguments& arguments);
ExitCode command_close(const Arguments& arguments);
ExitCode command_compare(const Arguments& arguments);
ExitCode command_completion(const Arguments& arguments);
ExitCode command_decide(const Arguments& arguments);
ExitCode command_doctor(const Arguments& arguments);
ExitCode command_gate(const Arguments& arguments);
ExitCode command_import(const Arguments& arguments);
ExitCode command_init(const Arguments& arguments);
ExitCode command_log(const Arguments& arguments);
ExitCode command_man(const Arguments& arguments);
ExitCode command_plan(const Arguments& arguments);
ExitCode command_relax(const Arguments& arguments);
ExitCode command_render(const Arguments& arguments);
ExitCode command_reopen(const Arguments& arguments);
ExitCode command_run(const Arguments& arguments);
ExitCode command_show(const Arguments& arguments);
ExitCode command_simulate(const Arguments& arguments);
ExitCode command_sign(const Arguments& arguments);
ExitCode command_span(const Arguments& arguments);
ExitCode command_status(const Arguments& arguments);
ExitCode command_tried(const Arguments& arguments);
ExitCode command_verify(const Arguments& arguments);
ExitCode command_worker(const Arguments& arguments);

}  // namespace assay::cli
