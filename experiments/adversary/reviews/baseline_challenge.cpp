#include "experiments/adversary/reviews/baseline_challenge.hpp"

#include <utility>

#include "experiments/record/reviews/baseline_items.hpp"

namespace assay::adversary {

PreparedBaselineChallenge prepare_baseline_challenge(const record::Lab& lab, const record::RecordSummary& given,
                                                     const ChallengeOptions& options) {
  ReviewedBaseline target = reviewed_baseline(lab, given);
  const Baseline& baseline = content_of(target);
  Review review = begun_review(lab, target, ReviewSubject::baseline, "", options.running);
  Repetition repetition = prepare_repetition(
      lab, {.plan = baseline.plan, .what = "baseline", .revision = baseline.revision, .runs = baseline.runs}, options);
  review.revision = repetition.copy.revision;
  return {lab, std::move(target), std::move(repetition), std::move(review)};
}

ReviewEnding run_baseline_challenge(const PreparedBaselineChallenge& prepared, const ChallengeOptions& options,
                                    attempt::Observer& observer) {
  return measure_and_review(prepared.lab, prepared.repetition,
                            {.begun = prepared.review,
                             .not_again = {"the other arms: a baseline is that of control",
                                           "what the document says of it: challenge docs/perf/attribution.md for that"},
                             .items =
                                 [&](const Baseline& again) {
                                   return record::baseline_items({content_of(prepared.target), again});
                                 }},
                            options, observer);
}

}  // namespace assay::adversary
