#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/variable.hpp"

namespace assay::trial {

/// What a check said of an arm that was broken on purpose.
struct BrokenArm {
  std::string what;                   ///< "null command", "one test removed"
  std::optional<std::string> caught;  ///< how the check failed; nothing: it passed
};

/// A command that breaks an arm, and what people call it.
struct BreakingCommand {
  std::string what;
  Argv command;
};

/// Does nothing, well.
[[nodiscard]] BreakingCommand null_command();

/// A line for the shell; $0 and $1 are the words.
[[nodiscard]] Argv shell_line(std::string line, const std::vector<std::string>& words = {});

/// Runs a line that writes to "$0" and may read "$1"; the target's folder may be gone.
[[nodiscard]] Argv write_to(const std::string& target, const std::string& line, const std::string& source = "");

}  // namespace assay::trial
