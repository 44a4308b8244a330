#pragma once

#include <optional>
#include <vector>

#include "core/host/journal/journal.hpp"
#include "core/plan.hpp"
#include "experiments/attempt/requirements/requirements.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// An attempt that was interrupted and can be taken up again.
struct OpenAttempt {
  host::AttemptRow row;
  Plan plan;  ///< without its secrets
};

/// The attempts at one hypothesis in one environment that were made before.
struct PriorAttempts {
  record::HypothesisHistory history;  ///< by the records
  int spent = 0;                      ///< attempts that finished a block, including those whose record is gone, and
                                      ///< those that were opened where this journal is not
  std::optional<OpenAttempt> open;
};

/// Records are what counts, since the journal is not committed and a clone has none. Comparisons do not count.
/// \param records  all of the lab, oldest first
/// \throws Error if the journal cannot be read.
[[nodiscard]] PriorAttempts prior_attempts(const std::vector<record::RecordSummary>& records,
                                           const host::Journal& journal, const record::HypothesisKey& key);

/// The same attempts and those before the last reopening, with their plans and results, oldest first. An attempt whose
/// record is gone is judged again by its blocks in the journal.
/// \throws Error if a record or the journal cannot be read.
[[nodiscard]] std::vector<EarlierAttempt> earlier_attempts(const record::Lab& lab,
                                                           const std::vector<record::RecordSummary>& records,
                                                           const host::Journal& journal,
                                                           const record::HypothesisKey& key);

}  // namespace assay::attempt
