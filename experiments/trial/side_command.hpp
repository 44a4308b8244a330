#pragma once

#include <optional>
#include <string>

#include "core/host/process/process.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

enum class Descendants { end, keep };

/// Runs the command of a hook or check in an arm's folder and environment, outside any clock.
/// \returns how it ended unless it exited with 0, with the last line that it wrote to stderr: "exited 3: no disk".
[[nodiscard]] std::optional<std::string> failure_of(host::Launcher& launcher, const Argv& command,
                                                    const ArmSetup& setup, nanoseconds timeout,
                                                    Descendants descendants = Descendants::end);

/// A command that runs between trials, with what it reads and writes.
struct SideCommand {
  const Argv& command;
  const ArmSetup& setup;
  nanoseconds timeout;
  std::string standard_input = {};  ///< absolute; empty: /dev/null
  host::OutputSink standard_output = host::ToNull{};
  Descendants descendants = Descendants::end;
};
[[nodiscard]] host::ProcessResult run_beside(host::Launcher& launcher, const SideCommand& command);
/// Empty if it exited with 0, or else how it ended, as for `failure_of`.
[[nodiscard]] std::optional<std::string> failure_in(const host::ProcessResult& result);

/// "exited 3", "killed by signal 9", "timed out after 10 s".
[[nodiscard]] std::string describe_ending(const host::ProcessResult& result);
/// The last line that is not blank, cut at 200 bytes; empty if the text has none.
[[nodiscard]] std::string last_line_of(const std::string& text);
/// "exited 3: no disk": how it ended, and the line unless that is empty.
[[nodiscard]] std::string with_line(std::string ending, const std::string& line);

/// How much of what hooks, checks and warm-ups write to stderr is kept for messages.
inline constexpr std::size_t kKeptError = 65536;

}  // namespace assay::trial
