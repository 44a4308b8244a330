#include "experiments/record/history/claims.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/record/history/challenged_records.hpp"
#include "experiments/record/history/settlements.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

/// Names the claims that can be meant.
Error no_claim(const std::vector<ClaimStatus>& claims, const RecordSummary& given) {
  std::vector<std::string> upheld;
  for (const ClaimStatus& claim : claims) {
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
    if (record.kind != RecordKind::claim) continue;
    const auto withdrawal = settled.find(record.sha256);
    Entry entry = read_entry(lab, record);
    auto content = std::get<Claim>(std::move(entry.content));
    std::string text = report::claim_headline(content);
    claims.push_back({.record = record,
                      .content = std::move(content),
                      .text = std::move(text),
                      .withdrawn_in = withdrawal == settled.end() ? "" : withdrawal->second});
  }
  return claims;
}

std::string standing_text(ClaimStanding standing, int passed_over) {
  if (passed_over == 0) return std::string(to_string(standing));
  return fmt::format("{}, passing over {} that {} not count", to_string(standing),
                     report::count_text(passed_over, "challenge"), passed_over == 1 ? "does" : "do");
}

std::string self_check_text(const ClaimStatus& claim) {
  if (!claim.self_check) return "";
  const SelfCheck& check = *claim.self_check;
  const std::string most =
      check.largest_claim ? fmt::format(": at most {}x", report::beyond_one_text(*check.largest_claim)) : "";
  return fmt::format(": {} ({:04}{})", to_string(check.grade), check.number, most);
}

std::string standing_text(const ClaimStatus& claim) {
  return standing_text(claim.standing, claim.passed_over) + self_check_text(claim);
}

nlohmann::json self_check_json(const ClaimStatus& claim) {
  if (!claim.self_check) return nullptr;
  const SelfCheck& check = *claim.self_check;
  return {{"grade", to_string(check.grade)},
          {"number", check.number},
          {"largest_claim", check.largest_claim ? nlohmann::json(*check.largest_claim) : nlohmann::json(nullptr)}};
}

bool is_overdue(const ClaimStatus& claim, Date today) {
  return claim.withdrawn_in.empty() && !claim.content.deadline.empty() && today > parse_date(claim.content.deadline);
}

Withdrawal checked_withdrawal(const Lab& lab, const std::vector<RecordSummary>& records, const RecordSummary& claim,
                              const std::string& reason) {
  const std::vector<ClaimStatus> claims =
      stated_claims(lab, records, challenges_in(lab, records, Signers(lab, KeyHistory::taken_for_granted)));
  const auto meant = std::find_if(claims.begin(), claims.end(),
                                  [&claim](const ClaimStatus& one) { return one.record.sha256 == claim.sha256; });
  if (meant == claims.end()) throw no_claim(claims, claim);
  if (!meant->withdrawn_in.empty()) {
    throw Error(fmt::format("{} is withdrawn already, in {}", claim.name, meant->withdrawn_in), ErrorKind::refused);
  }
  return {.claim = claim.sha256, .text = meant->text, .reason = reason};
}

}  // namespace assay::record
