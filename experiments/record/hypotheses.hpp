#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A hypothesis, and where it is put to the test; verdicts are never carried from one environment to another.
struct HypothesisPlace {
  std::string sha256;  ///< of `hypothesis_json`
  std::string environment_name;
  friend auto operator<=>(const HypothesisPlace&, const HypothesisPlace&) = default;
};

/// What the records say of one hypothesis in one environment, since it was last reopened.
struct HypothesisStanding {
  HypothesisPlace place;
  std::vector<RecordSummary> attempts = {};       ///< oldest first; comparisons do not count
  std::optional<RecordSummary> reopened_by = {};  ///< the newest reopening
  std::optional<RecordSummary> decided_by = {};   ///< the record after which nothing is left to try
  int spent = 0;                                  ///< attempts; of two branches' first attempts each counts
};

/// How many attempts there may be: what the first one's plan said, so that nobody adds to them later; 0 before it.
[[nodiscard]] int attempts_allowed(const HypothesisStanding& standing);
/// Nothing is left to try, and nothing was kept: discarded for good, or all attempts are spent.
[[nodiscard]] bool is_dead_end(const HypothesisStanding& standing);
/// The record that made it so. \pre it has an attempt
[[nodiscard]] const RecordSummary& last_word(const HypothesisStanding& standing);

/// Of every hypothesis that was tried, in the order of the first attempts. `records` are oldest first.
[[nodiscard]] std::vector<HypothesisStanding> hypotheses_in(const std::vector<RecordSummary>& records);
/// Of one; without attempts where it was never tried.
[[nodiscard]] HypothesisStanding standing_of(const std::vector<RecordSummary>& records, const HypothesisPlace& place);

/// The reopening of a dead end, as the records allow it.
struct ReopeningRequest {
  HypothesisPlace place;
  std::string assumption;
  std::string reason;
};
/// \throws Error (refused) where it is no dead end, its experiment did not assume that, or this assumption was given up
/// to reopen it before.
[[nodiscard]] Reopening checked_reopening(const Lab& lab, const std::vector<RecordSummary>& records,
                                          const ReopeningRequest& request);

}  // namespace assay::record
