#include "experiments/cli/command.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "experiments/console/help/help_form.hpp"

namespace assay::cli {
namespace {

/// The command's line in the table; empty for what only engines call, and for a command that is not in it.
std::string_view summary_of(const std::string& name) {
  const auto all = commands();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == name; });
  return found == all.end() ? "" : found->summary;
}

}  // namespace

std::string_view title_of(CommandGroup group) {
  switch (group) {
    case CommandGroup::trying:
      return "Try a change";
    case CommandGroup::measuring:
      return "Measure";
    case CommandGroup::claiming:
      return "Claim, and challenge claims";
    case CommandGroup::deciding:
      return "Decide";
    case CommandGroup::evidence:
      return "Look at the evidence";
    case CommandGroup::program:
      break;
  }
  return "";
}

std::span<const Command> commands() {
  using Group = CommandGroup;
  static constexpr std::array kCommands = {
      Command{Group::trying, "compare", "compare two or more commands, without a file", command_compare},
      Command{Group::trying, "init", "make a lab: the folder .assay/ and a first experiment file", command_init},
      Command{Group::trying, "check", "check experiment files for mistakes", command_check},
      Command{Group::trying, "plan", "show what running an experiment would do and cost", command_plan},
      Command{Group::trying, "run", "run experiments to their verdicts and record them", command_run},
      Command{Group::trying, "close", "end an interrupted attempt", command_close},
      Command{Group::measuring, "doctor", "find what disturbs measuring here, and which metric decides fastest",
              command_doctor},
      Command{Group::measuring, "aa", "compare control with itself, and find a planted delay", command_aa},
      Command{Group::measuring, "baseline", "measure the control arm, workload by workload", command_baseline},
      Command{Group::measuring, "gate", "judge a change against its base, for CI", command_gate},
      Command{Group::measuring, "analyse", "judge pairs of values that were measured elsewhere", command_analyse},
      Command{Group::measuring, "simulate", "play the protocol on recorded noise", command_simulate},
      Command{Group::measuring, "span", "time a phase of a trial from a shell script", command_span},
      Command{Group::claiming, "claim", "state an effect that others are to measure again", command_claim},
      Command{Group::claiming, "challenge", "measure a claim again, and grade it", command_challenge},
      Command{Group::deciding, "decide", "ask people for a decision, or record theirs", command_decide},
      Command{Group::deciding, "relax", "relax a target until a date, or restore it", command_relax},
      Command{Group::deciding, "reopen", "lift a dead end after an assumption changed", command_reopen},
      Command{Group::deciding, "tried", "say whether a hypothesis was tried before", command_tried},
      Command{Group::evidence, "status", "show the lab at a glance: open, undecided, relaxed, dead ends",
              command_status},
      Command{Group::evidence, "log", "list the lab's records", command_log},
      Command{Group::evidence, "show", "show one record", command_show},
      Command{Group::evidence, "verify", "compute all records again and find what was changed", command_verify},
      Command{Group::evidence, "sign", "sign a record", command_sign},
      Command{Group::evidence, "render", "write DECISIONS.md again from the records", command_render},
      Command{Group::evidence, "import", "bring records home that were made elsewhere", command_import},
      Command{Group::program, "completion", "print the completions for a shell", command_completion},
      Command{Group::program, "man", "print a manual page", command_man},
  };
  return kCommands;
}

std::span<const Command> engine_commands() {
  static constexpr std::array kCommands = {
      Command{CommandGroup::program, "worker", "run one block of an attempt", command_worker},
  };
  return kCommands;
}

ExitCode print_help(const CommandLine& line) {
  console::CommandDescription description = line.description();
  description.summary = summary_of(description.help.name);
  print_output(console::help_in_form(description, line.help_form()));
  return ExitCode::ok;
}

}  // namespace assay::cli
