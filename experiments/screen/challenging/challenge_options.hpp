#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result/grade.hpp"
#include "core/units.hpp"
#include "experiments/adversary/challenge.hpp"
#include "experiments/screen/exit_code.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

/// What `assay challenge` was asked for.
struct ChallengeCommandOptions {
  std::string which;
  adversary::ChallengeOptions challenge;
  std::optional<std::string> own_workloads;  ///< a file of workloads of the challenger
  std::optional<std::string> at;             ///< a revision, as the user wrote it
  std::optional<Percent> noise;
  bool yes = false;
  bool close = false;
  OutputOptions output;
  ExportOptions exports;
};

/// Whether the caller agrees to run what was shown. \throws Error if nobody can be asked and `--yes` was not given.
[[nodiscard]] bool agrees(const ChallengeCommandOptions& options);

/// Whether text may be printed beside the result.
[[nodiscard]] bool talks(const ChallengeCommandOptions& options);

/// Refuses options that only make sense where something is claimed of a workload. \param what  "a baseline"
/// \throws Error
void refuse_claim_options(const ChallengeCommandOptions& options, std::string_view what);

[[nodiscard]] ExitCode exit_code_of(Grade grade);

}  // namespace assay::screen
