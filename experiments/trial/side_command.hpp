#pragma once

#include <optional>
#include <string>

#include "core/host/process/process.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

enum class Descendants { end, keep };

/// Runs a hook's or check's command in an arm's folder and environment, outside any clock.
/// \returns nothing when it exited 0, else how it ended with the last line it wrote to stderr: "exited 3: no disk".
[[nodiscard]] std::optional<std::string> failure_of(host::Launcher& launcher, const Argv& command,
                                                    const ArmSetup& setup, nanoseconds timeout,
                                                    Descendants descendants = Descendants::end);

/// A command beside the trials, and what it is to read and write.
struct SideCommand {
  const Argv& command;
  const ArmSetup& setup;
  nanoseconds timeout;
  std::string standard_input = {};  ///< absolute; empty: /dev/null
  host::OutputSink standard_output = host::ToNull{};
  Descendants descendants = Descendants::end;
};
[[nodiscard]] host::ProcessResult run_beside(host::Launcher& launcher, const SideCommand& command);
/// Nothing where it exited 0, else as above.
[[nodiscard]] std::optional<std::string> failure_in(const host::ProcessResult& result);

/// "exited 3", "killed by signal 9", "timed out after 10 s".
[[nodiscard]] std::string describe_ending(const host::ProcessResult& result);
/// ": LAST LINE", or nothing where there is none. Cut at 200 bytes.
[[nodiscard]] std::string last_line(const std::string& text);

/// Of what hooks, checks and warm-ups write to stderr, this much is kept for messages.
inline constexpr std::size_t kKeptError = 65536;

}  // namespace assay::trial
