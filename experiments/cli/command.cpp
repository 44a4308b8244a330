#include "experiments/cli/command.hpp"

#include <algorithm>
#include <array>

namespace assay::cli {
namespace {

std::string_view describe(ExitCode code) {
  switch (code) {
    case ExitCode::ok:
      return "as asked";
    case ExitCode::error:
      return "usage, input or tool error";
    case ExitCode::worse:
      return "regressed, or a guard failed";
    case ExitCode::inconclusive:
      return "inconclusive";
    case ExitCode::invalid:
      return "invalid: a check, the audit or a trial failed";
    case ExitCode::refused:
      return "refused: dead end, attempts spent, or lock held";
    case ExitCode::interrupted:
      return "interrupted; the same command goes on where it stopped";
  }
  return "";
}

}  // namespace

std::vector<console::ExitMeaning> described(std::initializer_list<ExitCode> codes) {
  return described(codes, {});
}

std::vector<console::ExitMeaning> described(std::initializer_list<ExitCode> codes,
                                            std::initializer_list<OwnMeaning> own) {
  std::vector<console::ExitMeaning> meanings;
  for (const ExitCode code : codes) {
    const auto* const of_command =
        std::find_if(own.begin(), own.end(), [code](const OwnMeaning& meaning) { return meaning.code == code; });
    meanings.push_back({static_cast<int>(code), of_command == own.end() ? describe(code) : of_command->words});
  }
  return meanings;
}

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

}  // namespace assay::cli
