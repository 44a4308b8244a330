#include "experiments/adversary/reviews/attribution_challenge.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/reviews/attribution_items.hpp"

namespace assay::adversary {
namespace {

std::string read_attribution(const record::Lab& lab) {
  const std::string path = fmt::format("{}/{}", lab.root(), kAttributionDocument);
  if (std::filesystem::exists(path)) return host::read_file(path);
  throw Error(fmt::format("{} is missing: there is no attribution to challenge; assay render writes it", path));
}

/// The section of one baseline; empty if the document has none.
std::string section_for(const std::string& document, const std::string& name) {
  for (const record::FoundSection& section : record::sections_in(document, kAttributionDocument)) {
    if (section.name == name) return std::string(section.whole);
  }
  return "";
}

/// std::nullopt if the baseline reported no phase.
std::optional<Review> review_of_one(const record::Lab& lab, const ReviewedBaseline& baseline,
                                    const std::string& document, const ChallengeOptions& options) {
  std::vector<ReviewItem> items =
      record::attribution_items(baseline.entry, section_for(document, baseline.summary.name));
  if (items.empty()) return std::nullopt;
  Review review =
      begun_review(lab, baseline, ReviewSubject::attribution, std::string(kAttributionDocument), options.running);
  review.document_sha256 = host::sha256(document);
  review.again.emplace_back("every rank, share and lever, from the baseline's trials");
  review.not_again.emplace_back("the trials: challenge the baseline for that");
  review.items = std::move(items);
  return review;
}

}  // namespace

std::vector<FiledReview> challenge_attributions(const record::Lab& lab, const ChallengeOptions& options) {
  const std::string document = read_attribution(lab);
  std::vector<Review> reviews;  // all of them before the first is filed, which renders the document anew
  for (record::BaselineInForce& baseline : record::baselines_in_force(lab, record::list_records(lab))) {
    auto review = review_of_one(lab, {baseline.summary, std::move(baseline.entry)}, document, options);
    if (review) reviews.push_back(*std::move(review));
  }
  if (reviews.empty()) {
    throw Error(fmt::format("no baseline in force reported a phase, so {} attributes nothing", kAttributionDocument));
  }
  std::vector<FiledReview> filed;
  for (Review& review : reviews) filed.push_back(file_review(lab, std::move(review), options.running));
  return filed;
}

Review attribution_review(const record::Lab& lab, const record::RecordSummary& baseline,
                          const ChallengeOptions& options) {
  auto review = review_of_one(lab, reviewed_baseline(lab, baseline), read_attribution(lab), options);
  if (!review) throw Error(fmt::format("{} reported no phase: there is nothing to attribute", baseline.name));
  return *std::move(review);
}

}  // namespace assay::adversary
