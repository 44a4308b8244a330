#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/refusal.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {

/// Identifies a hypothesis in one environment. Verdicts are never carried from one environment to another.
struct HypothesisKey {
  std::string sha256;  ///< of `hypothesis_json`
  std::string environment_name;
  friend auto operator<=>(const HypothesisKey&, const HypothesisKey&) = default;
};

/// What the records say about one hypothesis in one environment since it was last reopened.
struct HypothesisHistory {
  HypothesisKey key;
  std::vector<RecordSummary> attempts = {};       ///< oldest first; comparisons do not count
  std::optional<RecordSummary> reopened_by = {};  ///< the newest reopening
  std::optional<RecordSummary> decided_by = {};   ///< the record after which nothing is left to try
  std::optional<RecordSummary> accepted_by = {};  ///< the acceptance by which that record is a keep
  std::vector<RecordSummary> openings = {};       ///< of attempts without a record, oldest first
  int spent = 0;                                  ///< attempts; if two branches each made a first one, both count
};

/// How many attempts there may be: the number in the first attempt's plan, so that nobody can add to it later; 0 before
/// the first attempt.
[[nodiscard]] int attempts_allowed(const HypothesisHistory& history);
/// Whether nothing is left to try and nothing was kept: discarded for good, or all attempts are spent.
[[nodiscard]] bool is_dead_end(const HypothesisHistory& history);
/// Whether the change was kept, also by an acceptance.
[[nodiscard]] bool is_kept(const HypothesisHistory& history);
/// The record that decided the hypothesis, else the newest attempt. \pre there is an attempt
[[nodiscard]] const RecordSummary& last_word(const HypothesisHistory& history);

/// The histories of all hypotheses that were tried, in the order of their first attempts. `records` are oldest first.
[[nodiscard]] std::vector<HypothesisHistory> hypotheses_in(const std::vector<RecordSummary>& records);
/// The history of one hypothesis; it has no attempts if it was never tried.
[[nodiscard]] HypothesisHistory history_of(const std::vector<RecordSummary>& records, const HypothesisKey& key);

/// An attempt's record as refusals quote it. \pre the record is that of an attempt
[[nodiscard]] QuotedRecord quoted(const RecordSummary& record);

}  // namespace assay::record
