#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "experiments/console/help/exit_meaning.hpp"

namespace assay::screen {

/// The exit codes of all commands (docs/cli.md).
enum class ExitCode {
  ok = 0,     ///< as asked
  error = 1,  ///< usage, input, or the tool itself
  worse = 2,  ///< regressed, a guard failed, refuted or exaggerated
  inconclusive = 3,
  invalid = 4,        ///< a check, audit, trial or verification failed
  refused = 5,        ///< dead end, attempts spent, lock held
  interrupted = 130,  ///< Ctrl-C; resumable
};

/// What a code means for one command.
struct OwnMeaning {
  ExitCode code;
  std::string_view words;
};

/// The codes with what each means in a few words: for --help and docs/cli.md.
[[nodiscard]] std::vector<console::ExitMeaning> described(std::initializer_list<ExitCode> codes);
/// The same, where a code means something of its own for the command.
[[nodiscard]] std::vector<console::ExitMeaning> described(std::initializer_list<ExitCode> codes,
                                                          std::initializer_list<OwnMeaning> own);

}  // namespace assay::screen
