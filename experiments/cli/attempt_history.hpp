#pragma once

#include <optional>
#include <string>

#include "core/host/journal.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::cli {

/// What a lab knows of one hypothesis in one environment; verdicts are never carried from one environment to another.
struct AttemptHistory {
  int spent = 0;                                         ///< attempts that finished a block
  std::optional<experiments::RecordSummary> last;        ///< the newest record
  std::optional<experiments::RecordSummary> decided_by;  ///< the record after which nothing is left to try
  std::optional<host::AttemptRow> open;                  ///< an interrupted attempt, to be taken up
};

/// A hypothesis, and where it is put to the test.
struct HypothesisPlace {
  std::string sha256;
  std::string environment_name;
};

/// Records are what counts: the journal is not committed, and a clone has none. Comparisons do not count.
/// \throws Error when a record or the journal cannot be read.
[[nodiscard]] AttemptHistory history_of(const experiments::Lab& lab, const host::Journal& journal,
                                        const HypothesisPlace& place);

/// \throws Error (refused) where the hypothesis is decided or its attempts are spent; names the record.
void refuse_what_is_settled(const AttemptHistory& history, const std::string& experiment, int attempts);

}  // namespace assay::cli
