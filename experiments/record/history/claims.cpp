#include "experiments/record/history/claims.hpp"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "experiments/record/history/settlements.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

constexpr std::string_view kClaimKind = "claim";

/// Names the claims that can be meant.
Error no_claim(const Lab& lab, const std::vector<RecordSummary>& records, const RecordSummary& given) {
  std::vector<std::string> upheld;
  for (const ClaimStatus& claim : claims_in(lab, records)) {
    if (claim.withdrawn_in.empty()) upheld.push_back(claim.record.name);
  }
  if (upheld.empty()) return Error(fmt::format("{} is not a claim, and no claim is upheld", given.name));
  return Error(fmt::format("{} is not a claim; upheld are {}", given.name, fmt::join(upheld, ", ")));
}

}  // namespace

std::vector<ClaimStatus> claims_in(const Lab& lab, const std::vector<RecordSummary>& records) {
  const Settled settled = settled_in(records);
  std::vector<ClaimStatus> claims;
  for (const RecordSummary& record : records) {
    if (record.kind != kClaimKind) continue;
    const auto withdrawal = settled.find(record.sha256);
    Entry entry = read_entry(lab, record);
    claims.push_back({.record = record,
                      .content = std::get<Claim>(std::move(entry.content)),
                      .withdrawn_in = withdrawal == settled.end() ? "" : withdrawal->second});
  }
  return claims;
}

std::string standing_text(ClaimStanding standing, int passed_over) {
  if (passed_over == 0) return std::string(to_string(standing));
  return fmt::format("{}, passing over {} that {} not count", to_string(standing),
                     report::count_text(passed_over, "challenge"), passed_over == 1 ? "does" : "do");
}

bool is_overdue(const ClaimStatus& claim, Date today) {
  return claim.withdrawn_in.empty() && !claim.content.deadline.empty() && today > parse_date(claim.content.deadline);
}

Withdrawal checked_withdrawal(const Lab& lab, const std::vector<RecordSummary>& records, const RecordSummary& claim,
                              const std::string& reason) {
  if (claim.kind != kClaimKind) throw no_claim(lab, records, claim);
  const Settled settled = settled_in(records);
  if (const auto withdrawal = settled.find(claim.sha256); withdrawal != settled.end()) {
    throw Error(fmt::format("{} is withdrawn already, in {}", claim.name, withdrawal->second), ErrorKind::refused);
  }
  const Entry entry = read_entry(lab, claim);
  return {.claim = claim.sha256, .text = report::claim_headline(std::get<Claim>(entry.content)), .reason = reason};
}

}  // namespace assay::record
