#include "experiments/screen/exit_code.hpp"

#include <algorithm>

namespace assay::screen {
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

}  // namespace assay::screen
