#pragma once

#include <string>

#include "core/record/entry.hpp"

namespace assay::test {

// Contents of entries, for whoever writes and reads them.

[[nodiscard]] Claim claim_of(ClaimedEffect effect);
[[nodiscard]] Claim claim_without_a_record();
[[nodiscard]] Opening opening_of(const std::string& hash);
[[nodiscard]] ChallengeEntry challenge();
[[nodiscard]] Baseline baseline_with_objections();
[[nodiscard]] ChangeInRevision change_shown_by(ChangeProof proof);
[[nodiscard]] Gain gain_of_two_cells();
[[nodiscard]] MilestoneDone done_by_every_kind();
[[nodiscard]] Review review_with_samples();
[[nodiscard]] GateReport gate_of_two_experiments();

}  // namespace assay::test
