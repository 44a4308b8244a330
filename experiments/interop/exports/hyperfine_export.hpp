#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "experiments/interop/attempt_view.hpp"
#include "experiments/interop/exports/arm_trials.hpp"

namespace assay::interop {

/// What hyperfine says of one arm of one cell: its JSON and its tables are both made of it.
struct HyperfineResult {
  std::string command;                            ///< or the name that it was given
  std::string shown;                              ///< the same in tables, with the values that it does not show
  std::map<std::string, std::string> parameters;  ///< or the variable's level, if it is an argument or a setting
  ArmTrials trials;                               ///< those that hyperfine counts are the measured ones
  std::optional<double> mean;                     ///< of the wall times, in seconds, as the figures below
  std::optional<double> deviation;                ///< empty below two trials
  std::optional<double> median;
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<double> user;    ///< mean
  std::optional<double> system;  ///< mean
};

/// One for each arm of each cell, or one for a command that was measured against itself. An arm has the name that it
/// was given, otherwise its command. If commands do not tell arms apart, as those of two revisions, it is the arm's
/// label, and the cell if there are several. \throws Error if the values were measured elsewhere and are no seconds.
[[nodiscard]] std::vector<HyperfineResult> hyperfine_results(const AttemptView& attempt);

/// The trials as hyperfine's JSON (version 1, as of hyperfine 1.20), so that tools which read its files can read these:
/// one result for each arm of each cell, with times in seconds and memory in bytes.
///
/// It holds only measured trials, in the order in which they ran. "failed_trials", which hyperfine does not have,
/// counts the others. Void blocks are left out. "parameters" holds the variable's level if the variable is an
/// environment variable or an argument, or the parameters of `compare`. The pairing by blocks is lost; the record keeps
/// it.
///
/// Values that were measured elsewhere are times if their unit is "s"; what else hyperfine reports of a trial is null.
/// \throws Error if they have another unit.
[[nodiscard]] std::string hyperfine_text(const AttemptView& attempt);

/// \throws Error if the values were measured elsewhere and are no seconds.
void require_seconds(const Plan& plan);

}  // namespace assay::interop
