#pragma once

#include "core/record/baseline_figures.hpp"
#include "experiments/campaign/baseline.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::campaign {

[[nodiscard]] bool is_baseline(const record::RecordSummary& summary);

/// A baseline of the lab, with what its trials show. \throws Error if the record is not a baseline, or cannot be read.
[[nodiscard]] FiledBaseline stored_baseline(const record::Lab& lab, const record::RecordSummary& summary);

/// How the second baseline differs from the first.
/// \throws Error (refused) if they are of different environments: nothing follows from one for the other.
[[nodiscard]] BaselineChange change_between(const FiledBaseline& before, const FiledBaseline& after);

}  // namespace assay::campaign
