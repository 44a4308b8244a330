#pragma once

#include <vector>

#include "core/record/gain.hpp"
#include "core/result/result.hpp"
#include "experiments/record/history/ancestry.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// What an attempt that holds a revision against an earlier one shows in each cell, and on average if there are
/// several: changes of the primary metric in percent. Without what the parts multiply to.
[[nodiscard]] std::vector<GainOfCell> gain_of_cells(const AttemptResult& result);

/// Adds to each cell what the effects of these attempts multiply to there, as far as they measured the metric; to the
/// average over all cells, the average of that, if each cell has it.
/// \param parts  SHA-256 of the attempts' records \throws Error if one cannot be read.
void add_parts(const Lab& lab, const std::vector<RecordSummary>& records, const std::vector<std::string>& parts,
               const std::string& metric, std::vector<GainOfCell>& cells);

/// Those of the kept changes that were adopted in the baseline's environment, and of whose adoption the baseline could
/// not know.
[[nodiscard]] std::vector<KeptChange> adopted_since(const std::vector<KeptChange>& changes, const Ancestry& ancestry,
                                                    const RecordSummary& baseline);

}  // namespace assay::record
