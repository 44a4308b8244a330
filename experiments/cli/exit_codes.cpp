#include "experiments/cli/exit_codes.hpp"

namespace assay::cli {

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

}  // namespace assay::cli
