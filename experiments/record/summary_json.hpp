#pragma once

#include <string>
#include <string_view>

#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// A summary as text for the index, and back. \throws Error if the text is not a summary.
[[nodiscard]] std::string summary_json(const RecordSummary& summary);
[[nodiscard]] RecordSummary parse_summary(std::string_view text);

}  // namespace assay::record
