#include "experiments/record/verification/challenge_check.hpp"

#include <fmt/format.h>

#include "experiments/record/history/challenges.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::record {
namespace {

std::optional<std::string> flaw_of(const Lab& lab, const std::vector<RecordSummary>& records,
                                   const ChallengeEntry& challenge) {
  if (record_with(records, challenge.claim) == nullptr) {
    return fmt::format("/payload/claim: no record has SHA-256 {}", challenge.claim);
  }
  const RecordSummary* const samples = record_with(records, challenge.record);
  if (samples == nullptr || !is_attempt(*samples)) {
    return fmt::format("/payload/record: no record of an attempt has SHA-256 {}", challenge.record);
  }
  const Record record = read_record_head(lab, *samples);
  if (!record.plan.challenge || record.plan.challenge->claim != challenge.claim) {
    return fmt::format("/payload/record: {} does not measure this claim", samples->name);
  }
  if (record.plan.challenge->effect != challenge.effect || record.plan.challenge->metric != challenge.metric ||
      record.plan.challenge->number != challenge.number) {
    return fmt::format("/payload/effect: {} grades another claim", samples->name);
  }
  if (record.result.challenge != challenge.result) {
    return fmt::format("/payload/result: not what {} shows", samples->name);
  }
  if (record.result.own_inputs != challenge.own_inputs) {
    return fmt::format("/payload/own_inputs: not what {} shows", samples->name);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Difference> flaw_in_challenges(const Lab& lab, const std::vector<RecordSummary>& records) {
  for (const RecordSummary& summary : records) {
    if (!is_challenge(summary)) continue;
    const Entry entry = read_entry(lab, summary);
    if (auto flaw = flaw_of(lab, records, std::get<ChallengeEntry>(entry.content))) {
      return Difference{summary.name, *std::move(flaw)};
    }
  }
  return std::nullopt;
}

}  // namespace assay::record
