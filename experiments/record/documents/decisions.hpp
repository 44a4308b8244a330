#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// Puts the record's entry into DECISIONS.md between its own markers: in place of its old one, else at the end. Text
/// that people wrote stays as it is, byte for byte.
void write_decision(const Lab& lab, const Record& record);
/// Likewise for an entry, and for the one that it settles.
void write_decision(const Lab& lab, const Entry& entry);

/// What came of rendering.
struct Rendering {
  std::size_t records = 0;
  bool changed = false;               ///< the document is not as it was
  std::vector<std::string> split;     ///< files that held several records and were put apart
  std::vector<std::string> orphaned;  ///< sections whose record is gone; they stay
};
/// Writes every record's section anew, in order; also where git merged two versions of the document, or two records
/// into one file. \throws Error when a record cannot be read or the document cannot be written.
Rendering render_decisions(const Lab& lab);

/// The hash that a section of DECISIONS.md names as its record's; empty where it names none.
[[nodiscard]] std::string record_hash_in(std::string_view section);

/// Name of the record that restored a relaxed target or answered a question, by the hash of what it settled.
using Settled = std::map<std::string, std::string>;
[[nodiscard]] Settled settled_in(const std::vector<RecordSummary>& records);
/// The section of one record, as DECISIONS.md should have it.
[[nodiscard]] MarkedSection section_of(const Lab& lab, const RecordSummary& summary, const Settled& settled);

}  // namespace assay::record
