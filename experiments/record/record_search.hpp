#pragma once

#include <string_view>

#include "core/record/record.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// The one record that a number, name, slug (its newest attempt) or hash prefix of at least 4 digits means.
/// \throws Error if no record or several records match; it names them, or says that the attempt is still open.
[[nodiscard]] RecordSummary find_summary(const Lab& lab, std::string_view which);
/// The record itself. \throws Error also if the record is not that of an attempt.
[[nodiscard]] Record find_record(const Lab& lab, std::string_view which);

}  // namespace assay::record
