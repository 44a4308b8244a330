#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/entry_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<ClaimedRatio>() {
  static const Description description =
      Object<ClaimedRatio>("`ratio` claim")
          .always<&ClaimedRatio::ratio>("ratio", "how many times better treatment is than control; above 1");
  return description;
}

template <>
const Description& description_of<ClaimedLimit>() {
  static const Description description =
      Object<ClaimedLimit>("`limit` claim")
          .always<&ClaimedLimit::statistic>("statistic", "the figure of treatment's trials")
          .always<&ClaimedLimit::bound>("bound", "the side of the limit on which the figure is")
          .always<&ClaimedLimit::limit>("limit", "in the metric's unit");
  return description;
}

template <>
const Description& description_of<ClaimedRate>() {
  static const Description description =
      Object<ClaimedRate>("`rate` claim")
          .always<&ClaimedRate::rate>("rate", "the share of treatment's trials that succeed, 0 to 1")
          .if_set<&ClaimedRate::floor>("floor", "the share that a challenge has to show; without it, the rate");
  return description;
}

template <>
const Description& description_of<ClaimedNotWorse>() {
  static const Description description =
      Object<ClaimedNotWorse>("`not-worse` claim")
          .always<&ClaimedNotWorse::margin_percent>("margin_percent", "treatment is worse by less than this");
  return description;
}

template <>
const Description& description_of<ClaimedCorrectness>() {
  static const Description description = Object<ClaimedCorrectness>("`correct` claim");
  return description;
}

template <>
const Description& description_of<ClaimedEffect>() {
  static const Description description =
      Object<ClaimedEffect>("claimed effect").kinds("kind", "what is claimed", "is no kind of claim");
  return description;
}

template <>
const Description& description_of<ClaimedMetric>() {
  static const Description description =
      Object<ClaimedMetric>("claimed metric")
          .always<&ClaimedMetric::name>("name", "the metric; empty: how a trial ended")
          .always<&ClaimedMetric::unit>("unit", "of its values")
          .always<&ClaimedMetric::direction>("direction", "which values are better");
  return description;
}

template <>
const Description& description_of<Claim>() {
  static const Description description =
      Object<Claim>("claim")
          .always<&Claim::experiment>("experiment", "the experiment's name")
          .always<&Claim::hypothesis_sha256>("hypothesis_sha256", "the hypothesis that the claim is about")
          .always<&Claim::environment_name>("environment", "the named class of machine")
          .unless_default<&Claim::revision>("revision", "the commit that it is made of, of the experiment's repository")
          .always<&Claim::workload>("workload", "the workload")
          .always<&Claim::state>("state", "the state in which trials start")
          .always<&Claim::control>("control", "label of the arm")
          .always<&Claim::treatment>("treatment", "label of the arm")
          .always<&Claim::metric>("metric", "the metric")
          .always<&Claim::effect>("effect", "what is claimed")
          .unless_default<&Claim::said>("said", "the claimant's own words for the figure")
          .unless_default<&Claim::deadline>("deadline", "the day by which it is to be confirmed, as `2026-03-01`")
          .unless_default<&Claim::record>("record", "SHA-256 of the record that it rests on")
          .if_set<&Claim::plan>("plan", "the plan to measure it by, if it rests on no record");
  return description;
}

template <>
const Description& description_of<Withdrawal>() {
  static const Description description = Object<Withdrawal>("withdrawal")
                                             .always<&Withdrawal::claim>("claim", "SHA-256 of the claim's record")
                                             .always<&Withdrawal::text>("text", "what was claimed, in one line")
                                             .always<&Withdrawal::reason>("reason", "why it is not upheld");
  return description;
}

}  // namespace assay::formats
