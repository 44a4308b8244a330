#include "experiments/adversary/reviews/decision_challenge.hpp"

#include <utility>

#include <fmt/format.h>

#include "experiments/campaign/adoption.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/verification/decision_items.hpp"

namespace assay::adversary {
namespace {

ReviewItem adoption_item(const record::Lab& lab, const ChangeInRevision& change) {
  const auto looked = campaign::look_in_head({lab, record::list_records(lab)}, change);
  ReviewItem item{.aspect = ReviewAspect::change,
                  .of = change.experiment,
                  .stated = fmt::format("{} is in {}", change.change, change.commit)};
  if (const auto* shown = std::get_if<campaign::ShownChange>(&looked)) {
    item.found = "it is in " + shown->commit;
    return item;
  }
  const auto& unshown = std::get<campaign::UnshownChange>(looked);
  item.found = fmt::format("{}: {}", unshown.commit, unshown.why);
  item.fault = change.proof == ChangeProof::person ? ReviewFault::undecided : ReviewFault::gone;
  return item;
}

}  // namespace

Review decision_review(const record::Lab& lab, const record::RecordSummary& attempt, const ChallengeOptions& options) {
  Review review;
  review.subject = ReviewSubject::decision;
  review.text = fmt::format("{} in {}: {} -> {}", attempt.experiment, attempt.environment_name,
                            record::name_or_empty(attempt.verdict), record::name_or_empty(attempt.decision));
  review = begun_review(lab, attempt, std::move(review), options.running);
  review.again.emplace_back("verdict and decision, from the attempt's blocks");
  review.not_again.emplace_back("the trials");
  review.items = record::decision_items(record::read_record_file(lab, attempt.name));
  return review;
}

Review adoption_review(const record::Lab& lab, const record::RecordSummary& adoption, const ChallengeOptions& options) {
  const Entry entry = record::read_entry(lab, adoption);
  const ChangeInRevision& change = std::get<Adoption>(entry.content).of;
  Review review;
  review.subject = ReviewSubject::adoption;
  review.text = fmt::format("{} in {}: {}", change.experiment, change.environment_name, change.change);
  review = begun_review(lab, adoption, std::move(review), options.running);
  review.again.emplace_back("the search for the change in HEAD");
  review.not_again.emplace_back("the effect of the change: challenge the attempt for that");
  review.items = {adoption_item(lab, change)};
  return review;
}

}  // namespace assay::adversary
