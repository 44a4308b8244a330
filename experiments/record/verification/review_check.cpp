#include "experiments/record/verification/review_check.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/record/entry.hpp"
#include "experiments/record/documents/attribution_sections.hpp"
#include "experiments/record/history/reviews.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/reviews/attribution_items.hpp"
#include "experiments/record/reviews/baseline_items.hpp"
#include "experiments/record/reviews/target_items.hpp"
#include "experiments/record/verification/baseline_check.hpp"
#include "experiments/record/verification/decision_items.hpp"

namespace assay::record {
namespace {

std::optional<std::string> flaw_in_repetition(const Entry& baseline, const Review& review) {
  if (!review.samples) return "/payload/samples: they are missing";
  if (auto flaw = flaw_in_baseline(*review.samples)) return "/payload/samples of " + *flaw;
  if (baseline_items({std::get<Baseline>(baseline.content), *review.samples}) == review.items) return std::nullopt;
  return "/payload/items: not what the samples give";
}

/// The commands can only be run again; the figures that they gave follow from the samples.
std::optional<std::string> flaw_in_document_review(const Entry& baseline, const Review& review) {
  std::vector<ReviewItem> figures = review.items;
  std::erase_if(figures, [](const ReviewItem& item) { return item.aspect == ReviewAspect::command; });
  if (!review.samples) {
    return figures.empty() ? std::nullopt : std::optional<std::string>("/payload/samples: they are missing");
  }
  if (auto flaw = flaw_in_baseline(*review.samples)) return "/payload/samples of " + *flaw;
  if (baseline_items({std::get<Baseline>(baseline.content), *review.samples}) == figures) return std::nullopt;
  return "/payload/items: not what the samples give";
}

std::optional<std::string> flaw_in_target_review(const RecordSummary& about, const Review& review) {
  if (!review.samples) return "/payload/samples: they are missing";
  if (auto flaw = flaw_in_baseline(*review.samples)) return "/payload/samples of " + *flaw;
  for (const Target& target : about.targets) {
    if (target_name(target) != review.target) continue;
    if (target_items(target, *review.samples) == review.items) return std::nullopt;
    return "/payload/items: not what the samples give";
  }
  return fmt::format("/payload/target: {} states no target {}", about.name, review.target);
}

/// Whether a review of this subject may be about a record of this kind.
bool fits(ReviewSubject subject, const RecordSummary& about) {
  switch (subject) {
    case ReviewSubject::baseline:
    case ReviewSubject::document:
      return about.kind == RecordKind::baseline;
    case ReviewSubject::attribution:
    case ReviewSubject::target:
      return about.kind == RecordKind::baseline || is_attempt(about);
    case ReviewSubject::decision:
      return is_attempt(about);
    case ReviewSubject::adoption:
      break;
  }
  return about.kind == RecordKind::adoption;
}

std::optional<std::string> flaw_in_items(const Lab& lab, const RecordSummary& about, const Review& review) {
  switch (review.subject) {
    case ReviewSubject::baseline:
      return flaw_in_repetition(read_entry(lab, about), review);
    case ReviewSubject::attribution: {
      const std::string flaw = flaw_in_attribution_items(attribution_section(lab, about).value_or(""), review.items);
      return flaw.empty() ? std::nullopt : std::optional(flaw);
    }
    case ReviewSubject::document:
      return flaw_in_document_review(read_entry(lab, about), review);
    case ReviewSubject::target:
      return flaw_in_target_review(about, review);
    case ReviewSubject::decision:
      if (decision_items(read_record_file(lab, about.name)) == review.items) return std::nullopt;
      return "/payload/items: not what the attempt's blocks give";
    case ReviewSubject::adoption:
      break;
  }
  return std::nullopt;  // whether a revision holds a change is for git to tell, where the repository is
}

std::optional<std::string> flaw_in_review(const Lab& lab, const std::vector<RecordSummary>& records,
                                          const Review& review) {
  const auto about = std::find_if(records.begin(), records.end(),
                                  [&review](const RecordSummary& record) { return record.sha256 == review.record; });
  if (about == records.end() || !fits(review.subject, *about)) {
    return fmt::format("/payload/record: no record with SHA-256 {} has a {}", review.record, to_string(review.subject));
  }
  if (grade_of(review.items) != review.grade) return "/payload/grade: not what its items come to";
  return flaw_in_items(lab, *about, review);
}

}  // namespace

std::optional<Difference> flaw_in_reviews(const Lab& lab, const std::vector<RecordSummary>& records) {
  for (const RecordSummary& summary : records) {
    if (!is_review(summary)) continue;
    const Entry entry = read_entry(lab, summary);
    if (auto flaw = flaw_in_review(lab, records, std::get<Review>(entry.content))) {
      return Difference{summary.name, *std::move(flaw)};
    }
  }
  return std::nullopt;
}

}  // namespace assay::record
