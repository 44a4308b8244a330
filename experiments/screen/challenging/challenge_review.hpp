#pragma once

#include <optional>
#include <string>

#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"
#include "experiments/screen/challenging/challenge_options.hpp"
#include "experiments/screen/exit_code.hpp"

namespace assay::screen {

// Challenges of anything that is no claim of an effect: they end in a review, not in a graded claim.

/// The path of a document of the lab from its root, if that is what the word names; std::nullopt if it names no file.
/// \throws Error if it is a file outside of the lab.
[[nodiscard]] std::optional<std::string> challenged_document(const record::Lab& lab, const std::string& word);

/// Shows what will be run, asks, measures the baseline again and prints the grade.
ExitCode challenge_baseline(const record::Lab& lab, const record::RecordSummary& given,
                            const ChallengeCommandOptions& options);

/// Challenges what the document says, and prints the grade.
ExitCode challenge_document(const record::Lab& lab, const std::string& document,
                            const ChallengeCommandOptions& options);

}  // namespace assay::screen
