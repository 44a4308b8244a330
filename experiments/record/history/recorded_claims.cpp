#include "experiments/record/history/recorded_claims.hpp"

#include "experiments/record/history/challenged_records.hpp"
#include "experiments/record/history/challenges.hpp"

namespace assay::record {

std::vector<ClaimStatus> recorded_claims(const Lab& lab, const std::vector<RecordSummary>& records) {
  return judged_claims(lab, records, {}, KeyHistory::taken_for_granted);
}

}  // namespace assay::record
