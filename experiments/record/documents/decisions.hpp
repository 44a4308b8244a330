#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/documents/later_words.hpp"
#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// Puts the record's section into DECISIONS.md between its own markers: in place of its old one, else at the end. Text
/// that people wrote stays as it is, byte for byte.
void write_decision(const Lab& lab, const Record& record);
/// Writes the section of an entry, and those of the records that it settles or challenges.
void write_decision(const Lab& lab, const Entry& entry);

/// What rendering did.
struct Rendering {
  std::size_t records = 0;
  bool changed = false;                           ///< the document changed
  std::vector<std::string_view> other_documents;  ///< of docs/perf, that changed
  std::vector<std::string> split;                 ///< files that held several records and were split
  std::vector<std::string> orphaned;              ///< sections whose record is gone; they stay
};
/// Writes every record's section anew, in order, and those of docs/perf. Also repairs what git made of two versions of
/// the document, or of two records in one file. \throws Error if a record cannot be read or the document cannot be
/// written.
Rendering render_decisions(const Lab& lab);

/// The hash that a section of DECISIONS.md gives for its record; empty if it gives none.
[[nodiscard]] std::string record_hash_in(std::string_view section);

/// The section of one record, as DECISIONS.md should have it.
[[nodiscard]] MarkedSection section_of(const Lab& lab, const RecordSummary& summary, const LaterWords& words);

}  // namespace assay::record
