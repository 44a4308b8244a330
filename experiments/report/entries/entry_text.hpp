#pragma once

#include <string>
#include <string_view>

#include "core/record/entry.hpp"

namespace assay::report {

/// What an entry says in one line: "wall of deploy (warm): at most 120 s until 2026-03-01, was at most 90 s".
[[nodiscard]] std::string entry_headline(const Entry& entry);

/// A record's place among the others.
struct EntryStanding {
  std::string_view sha256;
  std::string_view settled_by = {};  ///< name of the record that restored, answered or accepted it; empty: none did
  std::string_view challenged = {};  ///< "refuted in 0004-challenge"; empty: nobody challenged it
  std::string_view faulted_by = {};  ///< of an adoption: name of the challenge by which the change is not correct
};
/// Its section of DECISIONS.md, in Markdown, without its markers.
[[nodiscard]] std::string decision_entry(const Entry& entry, const EntryStanding& standing);
/// For people on a terminal: the same facts, a line each.
[[nodiscard]] std::string entry_text(const Entry& entry, const EntryStanding& standing);

}  // namespace assay::report
