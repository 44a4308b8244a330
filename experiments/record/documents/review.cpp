#include "experiments/record/documents/review.hpp"

#include <algorithm>
#include <filesystem>

#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/documents/section_damage.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/entries/review_text.hpp"

namespace assay::record {
namespace {

constexpr std::string_view kNewReview =
    "# Review\n"
    "\n"
    "Claims that were measured again, by whom, and what came of it. assay writes what stands between its markers;\n"
    "everything else belongs to whoever writes it. `assay verify` compares every figure with the record it comes "
    "from.\n";

std::string review_of(const Lab& lab) {
  const std::string path = lab.review_path();
  return std::filesystem::exists(path) ? host::read_file(path) : std::string(kNewReview);
}

}  // namespace

bool has_review_section(const RecordSummary& summary) {
  return is_challenge(summary) || summary.kind == RecordKind::review;
}

namespace {

/// What a section says beside the challenge.
struct Beside {
  std::vector<report::ReviewSignature> signatures;
  std::vector<report::AcceptedFinding> accepted;
};

MarkedSection section_with(const Entry& entry, const RecordSummary& challenge, Beside beside) {
  const report::ReviewContext context{
      .sha256 = challenge.sha256, .signatures = std::move(beside.signatures), .accepted = std::move(beside.accepted)};
  const bool is_review = std::holds_alternative<Review>(entry.content);
  return {.name = challenge.name,
          .text = is_review ? report::review_subject_section(entry, context) : report::review_section(entry, context)};
}

/// The findings of a challenge that somebody allows. \param is_counted  of an allowance
template <class Counted>
std::vector<report::AcceptedFinding> accepted_findings(const RecordSummary& challenge, const ReviewSources& sources,
                                                       const Counted& is_counted) {
  std::vector<report::AcceptedFinding> accepted;
  for (const AllowanceStatus& allowance : sources.allowances) {
    if (allowance.content.challenge != challenge.sha256 || !is_counted(allowance)) continue;
    accepted.push_back({allowance.content.finding, allowance.record.actor, allowance.content.reason});
  }
  return accepted;
}

}  // namespace

ReviewSources review_sources(const Lab& lab, const std::vector<RecordSummary>& records) {
  return {records, std::make_shared<const Signers>(lab, KeyHistory::taken_for_granted), allowances_in(lab, records)};
}

MarkedSection review_section_of(const Lab& lab, const RecordSummary& challenge, const ReviewSources& sources) {
  const Entry entry = read_entry(lab, challenge);
  Beside beside;
  for (const Signature* signature : sources.signers->of(challenge.sha256)) {
    beside.signatures.push_back({signature->actor, signature->public_key});
  }
  if (const auto* const content = std::get_if<ChallengeEntry>(&entry.content)) {
    // What the claimant allows is for somebody else to allow.
    const VouchedAgainst claimant = claimant_of(lab, sources.records, *content);
    beside.accepted = accepted_findings(challenge, sources, [&](const AllowanceStatus& allowance) {
      return is_by_another(allowance, claimant, *sources.signers);
    });
  }
  return section_with(entry, challenge, std::move(beside));
}

MarkedSection earlier_review_section_of(const Lab& lab, const RecordSummary& challenge, const ReviewSources& sources,
                                        const std::vector<Signature>& signatures) {
  const Entry entry = read_entry(lab, challenge);
  Beside beside;
  const auto first = std::find_if(signatures.begin(), signatures.end(),
                                  [&](const Signature& one) { return one.record_sha256 == challenge.sha256; });
  if (first != signatures.end()) beside.signatures.push_back({first->actor, first->public_key});
  if (const auto* const content = std::get_if<ChallengeEntry>(&entry.content)) {
    beside.accepted = accepted_findings(challenge, sources, [&](const AllowanceStatus& allowance) {
      return allowance.record.actor != content->claimant;
    });
  }
  return section_with(entry, challenge, std::move(beside));
}

Rendered render_review(const Lab& lab) {
  const host::FileLock lock(lab.lock_path());
  const std::vector<RecordSummary> records = list_records(lab);
  const ReviewSources sources = review_sources(lab, records);
  std::vector<MarkedSection> sections;
  for (const RecordSummary& summary : records) {
    if (has_review_section(summary)) sections.push_back(review_section_of(lab, summary, sources));
  }
  const bool exists = std::filesystem::exists(lab.review_path());
  if (sections.empty() && !exists) return Rendered::as_it_was;
  const std::string before = review_of(lab);
  const std::string after = with_sections(without_damage(before, sections), sections, lab.review_path());
  if (after == before && exists) return Rendered::as_it_was;
  host::write_file_atomically(lab.review_path(), after);
  return Rendered::changed;
}

}  // namespace assay::record
