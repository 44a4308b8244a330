#pragma once

#include <string>
#include <vector>

namespace assay::report {

/// A record in a lab's index. All of it is plain text.
struct IndexRow {
  std::string name;  ///< "0007-readiness-poll"
  std::string link;  ///< "#0007-readiness-poll"; empty: it has no article
  std::string day;
  std::string kind;  ///< "attempt"
  std::string what;  ///< the hypothesis, or an entry's summary
  std::string verdict;
  std::string decision;
  std::string actor;
};

/// The records as a table, and the field that searches it and the parts of the index.
[[nodiscard]] std::string index_table(const std::vector<IndexRow>& rows);

/// A part of the index: "Dead ends", with a line for each.
struct IndexPart {
  std::string title;
  std::vector<std::string> lines;  ///< plain text
};
/// Its heading and list, whose lines are searched with the records; empty if there are no lines.
[[nodiscard]] std::string index_part(const IndexPart& part);

}  // namespace assay::report
