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

constexpr std::string_view kReviewKind = "review";

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
  return is_challenge(summary) || summary.kind == kReviewKind;
}

MarkedSection review_section_of(const Lab& lab, const RecordSummary& challenge, const ReviewSources& sources) {
  const auto signature = std::find_if(sources.signatures.begin(), sources.signatures.end(),
                                      [&](const Signature& one) { return one.record_sha256 == challenge.sha256; });
  const Entry entry = read_entry(lab, challenge);
  report::ReviewContext context{.sha256 = challenge.sha256, .signature = {}, .accepted = {}};
  if (signature != sources.signatures.end()) context.signature = {signature->actor, signature->public_key};
  if (std::holds_alternative<Review>(entry.content)) {
    return {.name = challenge.name, .text = report::review_subject_section(entry, context)};
  }
  const std::string& claimant = std::get<ChallengeEntry>(entry.content).claimant;
  for (const AllowanceStatus& allowance : sources.allowances) {
    // What the claimant allows is for somebody else to allow.
    if (allowance.content.challenge != challenge.sha256 || allowance.record.actor == claimant) continue;
    context.accepted.push_back({allowance.content.finding, allowance.record.actor, allowance.content.reason});
  }
  return {.name = challenge.name, .text = report::review_section(entry, context)};
}

Rendered render_review(const Lab& lab) {
  const host::FileLock lock(lab.lock_path());
  const std::vector<RecordSummary> records = list_records(lab);
  const ReviewSources sources{signatures_in(lab), allowances_in(lab, records)};
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
