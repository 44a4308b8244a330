#include "experiments/adversary/reviews/attribution_challenge.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/documents/attribution_sections.hpp"
#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/reviews/attribution_items.hpp"
#include "experiments/report/entries/baseline_words.hpp"

namespace assay::adversary {
namespace {

std::string read_attribution(const record::Lab& lab) {
  const std::string path = fmt::format("{}/{}", lab.root(), kAttributionDocument);
  if (std::filesystem::exists(path)) return host::read_file(path);
  throw Error(fmt::format("{} is missing: there is no attribution to challenge; assay render writes it", path));
}

/// The section of one record; empty if the document has none.
std::string section_for(const std::string& document, const std::string& name) {
  for (const record::FoundSection& section : record::sections_in(document, kAttributionDocument)) {
    if (section.name == name) return std::string(section.whole);
  }
  return "";
}

/// "deploy in local: 2 workloads x 2 states, 10 runs each", "0007-readiness in local".
std::string headline_of(const record::Lab& lab, const record::RecordSummary& about) {
  if (record::is_attempt(about)) return fmt::format("{} in {}", about.name, about.environment_name);
  return report::baseline_headline(std::get<Baseline>(record::read_entry(lab, about).content));
}

/// std::nullopt if no trial of the record reported a phase.
std::optional<Review> review_of_one(const record::Lab& lab, const record::RecordSummary& about,
                                    const std::string& document, const ChallengeOptions& options) {
  const std::optional<std::string> computed = record::attribution_section(lab, about);
  if (!computed) return std::nullopt;
  Review review;
  review.subject = ReviewSubject::attribution;
  review.text = fmt::format("{}, {}", kAttributionDocument, headline_of(lab, about));
  review.document = kAttributionDocument;
  review = begun_review(lab, about, std::move(review), options.running);
  review.document_sha256 = host::sha256(document);
  review.again.emplace_back("every rank, share and lever, from the recorded trials");
  review.not_again.emplace_back("the trials: challenge the record for that");
  review.items = record::attribution_items(*computed, section_for(document, about.name));
  return review;
}

/// Baselines that a newer one replaced are history; every attempt stands for itself.
bool is_in_force(const std::vector<record::RecordSummary>& records, const record::RecordSummary& record) {
  if (record::is_attempt(record)) return !record.exploratory;
  return record.kind == RecordKind::baseline &&
         record::newest_of(records, record.kind, {record.experiment, record.environment_name}) == &record;
}

}  // namespace

std::vector<FiledReview> challenge_attributions(const record::Lab& lab, const ChallengeOptions& options) {
  const std::string document = read_attribution(lab);
  std::vector<Review> reviews;  // all of them before the first is filed, which renders the document anew
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  for (const record::RecordSummary& record : records) {
    if (!is_in_force(records, record)) continue;
    if (auto review = review_of_one(lab, record, document, options)) reviews.push_back(*std::move(review));
  }
  if (reviews.empty()) {
    throw Error(fmt::format("no baseline in force and no attempt reported a phase, so {} attributes nothing",
                            kAttributionDocument));
  }
  std::vector<FiledReview> filed;
  for (Review& review : reviews) filed.push_back(file_review(lab, std::move(review), options.running));
  return filed;
}

Review attribution_review(const record::Lab& lab, const record::RecordSummary& baseline,
                          const ChallengeOptions& options) {
  auto review = review_of_one(lab, baseline, read_attribution(lab), options);
  if (!review) throw Error(fmt::format("{} reported no phase: there is nothing to attribute", baseline.name));
  return *std::move(review);
}

}  // namespace assay::adversary
