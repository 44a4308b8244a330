#include "experiments/cli/command.hpp"

namespace assay::cli {

ExitCode command_aa(const Arguments& arguments) {
  return examine_machine("aa", arguments);
}

}  // namespace assay::cli
