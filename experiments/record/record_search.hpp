#pragma once

#include <string_view>
#include <vector>

#include "core/record/record.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// The record with that SHA-256, one of `records`; nullptr if there is none.
[[nodiscard]] const RecordSummary* record_with(const std::vector<RecordSummary>& records, std::string_view sha256);
/// The same. \throws Error, of the kind invalid, if there is none.
[[nodiscard]] const RecordSummary& existing_record(const std::vector<RecordSummary>& records, std::string_view sha256);

/// The one record that a number, name, slug (its newest attempt) or hash prefix of at least 4 digits means.
/// \throws Error if no record or several records match; it names them, or says that the attempt is still open.
[[nodiscard]] RecordSummary find_summary(const Lab& lab, std::string_view which);
/// The record itself. \throws Error also if the record is not that of an attempt.
[[nodiscard]] Record find_record(const Lab& lab, std::string_view which);

}  // namespace assay::record
