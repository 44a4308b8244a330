#pragma once

#include <optional>
#include <vector>

#include "core/record/baseline_figures.hpp"
#include "core/record/entry.hpp"
#include "core/record/milestone.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A baseline of the lab with what its trials show.
struct BaselineInForce {
  RecordSummary summary;
  Entry entry;  ///< whose content is a baseline
  BaselineFigures figures;
};
/// The newest baseline of each experiment in each environment, in the order in which they were recorded.
/// \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<BaselineInForce> baselines_in_force(const Lab& lab,
                                                              const std::vector<RecordSummary>& records);
/// That of one experiment; std::nullopt if there is none.
[[nodiscard]] std::optional<BaselineInForce> baseline_in_force(const Lab& lab,
                                                               const std::vector<RecordSummary>& records,
                                                               const ExperimentPlace& place);

/// The share of a cell's time that spans account for, 0 to 1; 0 if no trial reported one.
[[nodiscard]] double attributed_share(const BaselineCell& cell);
/// The smallest of all cells.
[[nodiscard]] double attributed_share(const BaselineFigures& figures);

/// The newest record of a kind that is about an experiment in an environment; nullptr if there is none.
[[nodiscard]] const RecordSummary* newest_of(const std::vector<RecordSummary>& records, RecordKind kind,
                                             const ExperimentPlace& place);

}  // namespace assay::record
