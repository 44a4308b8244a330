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
  RepetitionEnding ending = measure_again(prepared.repetition, options, observer);
  if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
  if (const auto* interrupted = std::get_if<campaign::BaselineInterrupted>(&ending)) return *interrupted;
  auto& again = std::get<Baseline>(ending);
  Review review = prepared.review;
  review.again = work_of(prepared.repetition, again);
  review.not_again.emplace_back("the other arms: a baseline is that of control");
  review.not_again.emplace_back("what the document says of it: challenge docs/perf/attribution.md for that");
  review.items = record::baseline_items({content_of(prepared.target), again});
  review.samples = std::move(again);
  return file_review(prepared.lab, std::move(review), options.running);
}

}  // namespace assay::adversary
