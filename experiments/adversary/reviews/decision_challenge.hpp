#pragma once

#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/reviews/review_filing.hpp"

namespace assay::adversary {

// Reviews that run nothing, before they are filed.

/// Works the decision on an attempt out again from its blocks. \pre the record is that of an attempt
[[nodiscard]] Review decision_review(const record::Lab& lab, const record::RecordSummary& attempt,
                                     const ChallengeOptions& options);

/// Looks for an adopted change in HEAD of the lab's repository, as `assay decide --adopt` does.
/// \pre the record is an adoption \throws Error if there is no repository.
[[nodiscard]] Review adoption_review(const record::Lab& lab, const record::RecordSummary& adoption,
                                     const ChallengeOptions& options);

}  // namespace assay::adversary
