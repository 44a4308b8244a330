#pragma once

#include <optional>
#include <string>

#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// What docs/perf/attribution.md has to say of a baseline or an attempt, from its trials, in Markdown without markers.
/// \returns std::nullopt if no trial reported a span, or the record is of another kind.
/// \throws Error if the record cannot be read.
[[nodiscard]] std::optional<std::string> attribution_section(const Lab& lab, const RecordSummary& summary);

}  // namespace assay::record
