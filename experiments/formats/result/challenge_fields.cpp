#include "experiments/formats/result/challenge_fields.hpp"

#include "experiments/formats/object.hpp"

namespace assay::formats {

template <>
const Description& description_of<MeasuredRange>() {
  static const Description description =
      Object<MeasuredRange>("range")
          .always<&MeasuredRange::low>("low", "its lower end; null: nothing bounds it yet")
          .always<&MeasuredRange::high>("high", "its upper end; null: nothing bounds it yet");
  return description;
}

template <>
const Description& description_of<GoodBlocks>() {
  static const Description description =
      Object<GoodBlocks>("good blocks")
          .always<&GoodBlocks::blocks>("blocks", "in which no trial of control or treatment failed", kFromZero)
          .always<&GoodBlocks::estimate>("estimate", "how many times better treatment is in them; null: there is none");
  return description;
}

template <>
const Description& description_of<ChallengeResult>() {
  static const Description description =
      Object<ChallengeResult>("graded claim")
          .always<&ChallengeResult::grade>("grade", "what measuring the claim again has shown")
          .always<&ChallengeResult::reason>("reason", "why the grade is no better")
          .always<&ChallengeResult::blocks>("blocks", "complete ones, that the grade rests on", kFromZero)
          .always<&ChallengeResult::confidence>("confidence", "of `measured`", kShare)
          .always<&ChallengeResult::estimate>("estimate", "the best guess of what `measured` bounds")
          .always<&ChallengeResult::measured>(
              "measured",
              "the repeated interval: how many times better treatment is; of a rate the "
              "share of successes")
          .always<&ChallengeResult::again>("again", "the same of control against itself, at 99.9 %")
          .always<&ChallengeResult::planted>("planted", "the same of the planted arm, at 90 %")
          .always<&ChallengeResult::planted_found>("planted_found", "true: the planted change was found")
          .always<&ChallengeResult::largest_claim>("largest_claim",
                                                   "the largest ratio that these blocks confirm, or null")
          .always<&ChallengeResult::blocks_needed>("blocks_needed", "about so many blocks would settle it, or null")
          .if_set<&ChallengeResult::among_good>("among_good",
                                                "what the blocks show in which no trial failed, if failed trials made "
                                                "the grade invalid; it has no grade");
  return description;
}

template <>
const Description& description_of<OwnInputGrade>() {
  static const Description description =
      Object<OwnInputGrade>("own input")
          .always<&OwnInputGrade::workload>("workload", "its name; empty: the claim's workload, in a cold state")
          .always<&OwnInputGrade::state>("state", "the state in which it was measured")
          .always<&OwnInputGrade::result>("result", "the grade that the claim has there, and its figures");
  return description;
}

}  // namespace assay::formats
