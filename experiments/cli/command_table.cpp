#include <array>

#include "experiments/cli/command.hpp"

namespace assay::cli {

std::span<const Command> commands() {
  static constexpr std::array kCommands = {
      Command{"init", "make a lab: the folder .assay/ and a first experiment file", command_init},
      Command{"check", "say whether experiment files are in order", command_check},
      Command{"show", "show one record", command_show},
      Command{"log", "list the lab's records", command_log},
  };
  return kCommands;
}

}  // namespace assay::cli
