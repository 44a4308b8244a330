#include "experiments/cli/command.hpp"

namespace assay::cli {

std::span<const Command> commands() {
  return {};
}

}  // namespace assay::cli
