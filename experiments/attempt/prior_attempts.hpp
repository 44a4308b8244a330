#pragma once

#include <optional>
#include <string>

#include "core/host/journal/journal.hpp"
#include "core/plan.hpp"
#include "experiments/record/hypotheses.hpp"

namespace assay::cli {

/// What a lab knows of one hypothesis in one environment.
struct AttemptHistory {
  record::HypothesisStanding standing;   ///< by the records
  int spent = 0;                         ///< attempts that finished a block, those without a record too
  std::optional<host::AttemptRow> open;  ///< an interrupted attempt, to be taken up
};

/// Records are what counts: the journal is not committed, and a clone has none. Comparisons do not count.
/// \throws Error when a record or the journal cannot be read.
[[nodiscard]] AttemptHistory history_of(const record::Lab& lab, const host::Journal& journal,
                                        const record::HypothesisPlace& place);

/// An experiment as it wants to be tried.
struct WantedAttempt {
  std::string experiment;
  Protocol protocol;
};
/// \throws Error (refused) where the hypothesis is decided, its attempts are spent, or the experiment takes more
/// attempts or alpha than it began with; names the record, its day and why.
void refuse_what_is_settled(const AttemptHistory& history, const WantedAttempt& wanted);

}  // namespace assay::cli
