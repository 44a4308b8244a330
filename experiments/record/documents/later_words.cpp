#include "experiments/record/documents/later_words.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/record/history/challenged_records.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/changes.hpp"

namespace assay::record {
namespace {

std::string word_of(const RecordSummary& record, const ChallengeEntry& challenge) {
  const bool is_own = challenge.independence == Independence::self_check;
  return fmt::format("{} in {}{}", to_string(challenge.result.grade), record.name, is_own ? " (a self-check)" : "");
}

/// Tells the claims that the challenge measured, and the attempt behind them.
void add_challenge(const ChallengeEntry& challenge, const std::string& word, const std::vector<ClaimStatus>& claims,
                   LaterWords& words) {
  std::string attempt = challenge.claim;
  for (const ClaimStatus& claim : claims) {
    if (is_about(challenge, claim)) words.challenged[claim.record.sha256].push_back(word);
    if (claim.record.sha256 == challenge.claim) attempt = claim.content.record;
  }
  if (!attempt.empty()) words.challenged[attempt].push_back(word);
}

}  // namespace

LaterWords later_words(const Lab& lab, const std::vector<RecordSummary>& records) {
  LaterWords words{.settled = settled_in(records), .challenged = {}, .faulted = {}};
  if (std::none_of(records.begin(), records.end(), is_challenge)) return words;
  const std::vector<ClaimStatus> claims = claims_in(lab, records);
  for (const RecordSummary& record : records) {
    if (!is_challenge(record)) continue;
    const Entry entry = read_entry(lab, record);
    const auto& challenge = std::get<ChallengeEntry>(entry.content);
    add_challenge(challenge, word_of(record, challenge), claims, words);
  }
  for (const KeptChange& change : kept_changes(lab, records)) {
    if (change.standing != ChangeStanding::must_be_reverted) continue;
    words.faulted.emplace(change.adopted_by->sha256, change.because->name);
  }
  return words;
}

std::string settled_by(const LaterWords& words, const std::string& sha256) {
  const auto found = words.settled.find(sha256);
  return found == words.settled.end() ? "" : found->second;
}

std::string faulted_by(const LaterWords& words, const std::string& sha256) {
  const auto found = words.faulted.find(sha256);
  return found == words.faulted.end() ? "" : found->second;
}

std::string challenged_text(const LaterWords& words, const std::string& sha256) {
  const auto found = words.challenged.find(sha256);
  return found == words.challenged.end() ? "" : fmt::format("{}", fmt::join(found->second, ", "));
}

}  // namespace assay::record
