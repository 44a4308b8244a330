#pragma once

#include <string>
#include <vector>

#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/reviews/review_filing.hpp"

namespace assay::adversary {

/// The document that attributions are rendered into, from the lab's root.
inline constexpr std::string_view kAttributionDocument = "docs/perf/attribution.md";

/// Reads the attribution as it stands in the document, and computes every rank, share and lever again from the trials
/// of the baselines in force and of the attempts. Nothing is run. Each record gets a review of its own. \throws Error
/// if there is no such document, or none of them reported a phase.
[[nodiscard]] std::vector<FiledReview> challenge_attributions(const record::Lab& lab, const ChallengeOptions& options);

/// The same for one baseline, before it is filed: whatever is filed renders the documents anew.
/// \throws Error if the baseline reported no phase.
[[nodiscard]] Review attribution_review(const record::Lab& lab, const record::RecordSummary& baseline,
                                        const ChallengeOptions& options);

}  // namespace assay::adversary
