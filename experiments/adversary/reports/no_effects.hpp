#pragma once

#include <vector>

#include "experiments/adversary/reports/reading/match.hpp"
#include "experiments/adversary/reports/reading/passages.hpp"

namespace assay::adversary {

/// The part of the sentence around a match between semicolons.
struct Clause {
  std::string ahead = {};   ///< of the match
  std::string behind = {};  ///< it
};
[[nodiscard]] Clause clause_around(const Match& match);

/// Whether the words around a figure say that nobody has seen it here: a goal, a guess, a condition, the figure of
/// somebody else, the threshold of an alarm, or a setting that was changed. Rows of tables and code have no such words.
[[nodiscard]] bool is_no_effect(const Match& match, const Statement& statement);

/// Whether the document describes an incident: what got worse there is what happened, and no claim.
[[nodiscard]] bool describes_incident(const std::vector<Passage>& passages);
/// Whether the line at this place of the passage begins with a time of day, as the lines of a timeline do.
[[nodiscard]] bool is_in_timeline(const Passage& passage, int line);

}  // namespace assay::adversary
