#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/variable.hpp"

namespace assay::trial {

/// What a check found in an arm that was broken on purpose.
struct BrokenArm {
  std::string what;                   ///< "null command", "one test removed"
  std::optional<std::string> caught;  ///< how the check failed; empty if it passed
  /// In which treatment's environment it was tried, if it passed there and was caught in control's.
  std::optional<ArmIndex> passes_only_in = {};
};

/// A command that breaks an arm.
struct BreakingCommand {
  std::string what;  ///< its name for people
  Argv command;
  std::string leaves = {};  ///< a file that it leaves behind, to be removed afterwards; empty: none
};

/// A command that does nothing and exits with 0.
[[nodiscard]] BreakingCommand null_command();

/// Runs a line in the shell, with the words as $0, $1 and so on.
[[nodiscard]] Argv shell_line(std::string line, const std::vector<std::string>& words = {});

/// Runs a line that writes to "$0" and may read "$1". The folder of the target is made if it is gone.
[[nodiscard]] Argv write_to(const std::string& target, const std::string& line, const std::string& source = "");

}  // namespace assay::trial
