#pragma once

#include <string>
#include <vector>

#include "core/record/baseline_figures.hpp"
#include "core/record/record.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::campaign {

/// An attempt of the lab whose trials kept their phases. \throws Error that says how to get them if no metric of it is
/// read from spans, or if no trial was measured, or the record cannot be read.
[[nodiscard]] Record attempt_with_phases(const record::Lab& lab, const record::RecordSummary& summary);

/// Where the time of its arms goes, and how much of the difference to control each phase carries.
[[nodiscard]] ExperimentPhases phases_of(const Record& record);

/// How much of the difference from one arm to each of the others every phase carries.
/// \param label  of the level that the others are held against \throws Error that lists the labels if no level has it.
[[nodiscard]] std::vector<ArmChange> changes_from(const Record& record, const std::string& label);

}  // namespace assay::campaign
