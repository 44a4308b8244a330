#include "experiments/record/hypotheses.hpp"

#include <algorithm>
#include <map>

#include "core/assert.hpp"
#include "core/decision.hpp"
#include "core/verdict.hpp"

namespace assay::record {
namespace {

constexpr std::string_view kReopening = "reopening";

/// Equivalent and regressed close a hypothesis at once, and so does improved with its decision; only inconclusive and
/// invalid leave an attempt.
bool settles(const RecordSummary& record) {
  const auto verdict = parse_enum<Verdict>(record.verdict);
  const auto decision = parse_enum<Decision>(record.decision);
  if (decision == Decision::keep) return true;
  if (verdict == Verdict::improved) return decision == Decision::discard;
  return verdict == Verdict::regressed || verdict == Verdict::equivalent;
}

void add_attempt(const RecordSummary& record, HypothesisStanding& standing) {
  standing.attempts.push_back(record);
  standing.spent = std::max(standing.spent + 1, record.attempt);
  if (settles(record)) standing.decided_by = record;
}

/// What came before is of a world that is no more.
void reopen(const RecordSummary& record, HypothesisStanding& standing) {
  standing = {.place = standing.place, .attempts = {}, .reopened_by = record, .decided_by = {}, .spent = 0};
}

}  // namespace

int attempts_allowed(const HypothesisStanding& standing) {
  return standing.attempts.empty() ? 0 : standing.attempts.front().attempts;
}

bool is_dead_end(const HypothesisStanding& standing) {
  if (standing.attempts.empty()) return false;
  if (standing.decided_by) return standing.decided_by->decision != to_string(Decision::keep);
  return standing.spent >= attempts_allowed(standing);
}

const RecordSummary& last_word(const HypothesisStanding& standing) {
  ASSAY_ASSERT(!standing.attempts.empty());
  return standing.decided_by ? *standing.decided_by : standing.attempts.back();
}

std::vector<HypothesisStanding> hypotheses_in(const std::vector<RecordSummary>& records) {
  std::vector<HypothesisStanding> standings;
  std::map<HypothesisPlace, std::size_t> known;
  for (const RecordSummary& record : records) {
    const bool is_reopening = record.kind == kReopening;
    if (!is_reopening && (!is_attempt(record) || record.exploratory)) continue;
    const HypothesisPlace place{record.hypothesis_sha256, record.environment_name};
    const auto [found, is_new] = known.emplace(place, standings.size());
    if (is_new) standings.push_back({.place = place});
    HypothesisStanding& standing = standings[found->second];
    if (is_reopening) {
      reopen(record, standing);
    } else {
      add_attempt(record, standing);
    }
  }
  return standings;
}

HypothesisStanding standing_of(const std::vector<RecordSummary>& records, const HypothesisPlace& place) {
  for (HypothesisStanding& standing : hypotheses_in(records)) {
    if (standing.place == place) return std::move(standing);
  }
  return {.place = place};
}

}  // namespace assay::record
