#pragma once

#include <string>
#include <string_view>

#include "experiments/record/record_store.hpp"

namespace assay::experiments {

/// What `log` shows, read from a record's file without its blocks. `name` is the file's name less ".json".
/// \throws Error with `name` when the text is not a record, or not that of its name.
[[nodiscard]] RecordSummary summarise(std::string_view record_text, const std::string& name);

/// A summary as text for the index, and back. \throws Error when it is none.
[[nodiscard]] std::string summary_json(const RecordSummary& summary);
[[nodiscard]] RecordSummary parse_summary(std::string_view text);

}  // namespace assay::experiments
