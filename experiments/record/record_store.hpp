#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record/entry.hpp"
#include "core/record/record.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_list.hpp"

namespace assay::record {

/// Gives the record its number and parents, and writes it atomically, durably and never over another one. Returns it as
/// written. Two writers at once get two numbers. An attempt that already has its record (the process was killed before
/// the journal knew) gets no second one: the first one is returned.
/// \throws Error if the lab cannot be written, the disk is full, or a file among the records is not a record.
Record store_record(const Lab& lab, Record record);

/// Makes an entry's content from the lab as it is at the moment of writing: receives all records, oldest first, and
/// throws Error if a rule forbids the entry. Nobody else writes meanwhile.
using EntryRule = std::function<EntryContent(const std::vector<RecordSummary>&)>;
/// Stores an entry in the same way. `draft` has its program version, time and actor; the rule gives its content.
Entry store_entry(const Lab& lab, Entry draft, const EntryRule& rule);

/// The opening of the attempt with this plan; nullptr if it has none, or if that ended before its first block.
[[nodiscard]] const RecordSummary* find_opening(const std::vector<RecordSummary>& records,
                                                std::string_view plan_sha256);

/// The record whose summary this is. \throws Error if its file cannot be read or is not a record.
[[nodiscard]] Record read_record(const Lab& lab, const RecordSummary& summary);
/// The record without its blocks, which is many times faster to read.
[[nodiscard]] Record read_record_head(const Lab& lab, const RecordSummary& summary);
[[nodiscard]] Entry read_entry(const Lab& lab, const RecordSummary& summary);
/// SHA-256 of the record's file.
[[nodiscard]] std::string record_sha256(const Lab& lab, const Record& record);

}  // namespace assay::record
