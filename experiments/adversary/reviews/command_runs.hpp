#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/review.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::adversary {

/// Where the commands of a document are run.
struct CommandPlace {
  std::string folder;  ///< absolute
  std::string home;    ///< absolute: an empty folder
  std::string tools;   ///< absolute: a folder in front of PATH
  std::string actor;   ///< who acts
};

/// Runs each command with a shell, one after the other, and says how it ended. A dead one does not keep the next from
/// running. std::nullopt if somebody asked to stop.
[[nodiscard]] std::optional<std::vector<ReviewItem>> run_commands(const std::vector<std::string>& commands,
                                                                  const CommandPlace& place,
                                                                  const attempt::RunOptions& options,
                                                                  attempt::Observer& observer);

/// Whether this is how a command ends that did its work: with 0, or if it is one of assay's, with a verdict.
[[nodiscard]] bool is_good_end(const std::string& command, int code);

}  // namespace assay::adversary
