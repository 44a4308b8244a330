#pragma once

#include <string>
#include <variant>
#include <vector>

#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/reviews/review_filing.hpp"

namespace assay::adversary {

/// A challenge of a document that is about to run: nothing of it has been started.
struct PreparedDocumentChallenge {
  record::Lab lab;
  std::string document;  ///< from the lab's root: "docs/perf/README.md"
  std::string document_sha256;
  std::vector<std::string> commands;
  std::vector<std::string> left_out;        ///< commands that have nothing to measure yet
  std::string revision;                     ///< that is cloned
  std::vector<ReviewedBaseline> baselines;  ///< in force: whose figures the commands have to give
};

/// Reads the document as it stands here. \throws Error if it names no command below "Measure again", no baseline is in
/// force, or the lab is in no repository.
[[nodiscard]] PreparedDocumentChallenge prepare_document_challenge(const record::Lab& lab, const std::string& document);

/// Somebody asked to stop: nothing was recorded.
struct DocumentInterrupted {};
using DocumentEnding = std::variant<std::vector<FiledReview>, DocumentInterrupted>;

/// Runs the commands one after the other in a fresh clone, with an empty HOME and nothing of the caller's environment
/// but PATH, LANG and where the measuring lock lies; `assay` is this program. A command must end with 0, or with a
/// verdict if it is one of assay's. Baselines that the commands measure are held against those in force. Each baseline
/// in force gets a review of its own. \param program  absolute: this program
[[nodiscard]] DocumentEnding run_document_challenge(const PreparedDocumentChallenge& prepared,
                                                    const std::string& program, const ChallengeOptions& options,
                                                    attempt::Observer& observer);

}  // namespace assay::adversary
