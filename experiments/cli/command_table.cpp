#include <array>

#include "experiments/cli/command.hpp"

namespace assay::cli {
namespace {

constexpr std::array kCommands = {
    Command{"init", "make a lab: the folder .assay/ and a first experiment file", command_init},
    Command{"check", "say whether experiment files are in order", command_check},
    Command{"show", "one record: by number, name, slug or hash", command_show},
    Command{"log", "the records of this lab, a line each", command_log},
};

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

}  // namespace assay::cli
