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

std::span<const Command> commands() {
  static constexpr std::array kCommands = {
      Command{"compare", "compare two or more commands, without a file", command_compare},
      Command{"init", "make a lab: the folder .assay/ and a first experiment file", command_init},
      Command{"check", "check experiment files for mistakes", command_check},
      Command{"plan", "what running an experiment would do, cost and show", command_plan},
      Command{"run", "run experiments to their verdicts and record them", command_run},
      Command{"close", "end an interrupted attempt", command_close},
      Command{"baseline", "what the control arm takes, workload by workload", command_baseline},
      Command{"gate", "a change against its base, for CI", command_gate},
      Command{"analyse", "judge pairs of values that were measured elsewhere", command_analyse},
      Command{"doctor", "what disturbs measuring here, and which metric decides fastest", command_doctor},
      Command{"aa", "control against itself; a planted delay must be found", command_aa},
      Command{"simulate", "play the protocol on recorded noise", command_simulate},
      Command{"show", "show one record", command_show},
      Command{"log", "list the lab's records", command_log},
      Command{"status", "the lab at a glance: open, undecided, relaxed, dead ends", command_status},
      Command{"tried", "whether a hypothesis was tried before", command_tried},
      Command{"reopen", "lift a dead end after an assumption changed", command_reopen},
      Command{"decide", "ask people for a decision, or record theirs", command_decide},
      Command{"claim", "state an effect that others are to measure again", command_claim},
      Command{"challenge", "measure a claim again, and grade it", command_challenge},
      Command{"relax", "relax a target until a date, or restore it", command_relax},
      Command{"import", "bring records home that were made elsewhere", command_import},
      Command{"verify", "compute all records again and find what was changed", command_verify},
      Command{"sign", "sign a record", command_sign},
      Command{"span", "time a phase of a trial from a shell script", command_span},
      Command{"render", "write DECISIONS.md again from the records", command_render},
      Command{"completion", "print the completions for a shell", command_completion},
      Command{"man", "print a manual page", command_man},
  };
  return kCommands;
}

std::span<const Command> engine_commands() {
  static constexpr std::array kCommands = {
      Command{"worker", "run one block of an attempt", command_worker},
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
