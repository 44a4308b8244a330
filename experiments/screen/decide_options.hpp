#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/screen/console.hpp"

namespace assay::screen {

/// What `assay decide` is asked: exactly one of `open`, `close`, `accept`, `adopt`, `revert` and `done` is set.
struct DecideOptions {
  std::optional<std::string> open;
  std::vector<std::string> options;
  std::optional<std::string> owner;
  std::optional<std::string> due;
  std::optional<std::string> close;
  std::optional<std::string> choose;
  std::optional<std::string> accept;
  std::optional<std::string> adopt;
  std::optional<std::string> revert;
  std::optional<std::string> commit;
  std::optional<std::string> in_file;
  std::optional<std::string> done;
  std::vector<std::string> evidence;
  std::optional<std::string> why;
  std::optional<std::string> actor;
  bool quiet = false;
};

/// The command line that fills these options.
[[nodiscard]] CommandLine decide_command_line(DecideOptions& options);
/// \throws Error if it is not exactly one thing that is asked, or for options that belong to another.
void check_options(const DecideOptions& options);

}  // namespace assay::screen
