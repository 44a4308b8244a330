#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// What `log` shows, read from a record's file without its blocks. `name` is the file's name less ".json".
/// \throws Error with `name` when the text is not a record, or not that of its name.
[[nodiscard]] RecordSummary summarise(std::string_view record_text, const std::string& name);

/// Of each of these files what `summarise` gives, or why it does not; read on all cores.
using SummaryOrError = std::variant<RecordSummary, Error>;
[[nodiscard]] std::vector<SummaryOrError> summarise_files(const Lab& lab, const std::vector<std::string>& names);

/// What a record's file is called where git merged two of one name: "0007-readiness-poll.3fa2c1d0".
[[nodiscard]] std::string name_with_hash(std::string_view name, std::string_view sha256);
/// Whether git put several records into one file, a line each: as `merge=union` does, or between conflict marks.
[[nodiscard]] bool holds_several_records(std::string_view text);

/// A summary as text for the index, and back. \throws Error when it is none.
[[nodiscard]] std::string summary_json(const RecordSummary& summary);
[[nodiscard]] RecordSummary parse_summary(std::string_view text);

}  // namespace assay::record
