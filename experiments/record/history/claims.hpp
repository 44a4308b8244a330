#pragma once

#include <string>
#include <vector>

#include "core/record/claim.hpp"
#include "core/text/date.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A claim and what became of it.
struct ClaimStatus {
  RecordSummary record;
  Claim content;
  std::string withdrawn_in;  ///< name of the record; empty: it is upheld
};
/// All claims, oldest first. \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<ClaimStatus> claims_in(const Lab& lab, const std::vector<RecordSummary>& records);

/// Whether the claim is upheld and the day by which it was to be confirmed is past.
[[nodiscard]] bool is_overdue(const ClaimStatus& claim, Date today);

/// \throws Error if the record is not a claim, and lists the claims that are upheld; refused if it is withdrawn
/// already.
[[nodiscard]] Withdrawal checked_withdrawal(const Lab& lab, const std::vector<RecordSummary>& records,
                                            const RecordSummary& claim, const std::string& reason);

}  // namespace assay::record
