#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/result/challenge_fields.hpp"

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
          .unless_default<&Claim::git_identity>("git_identity",
                                                "git's user.email when it was claimed, if that is not the actor")
          .unless_default<&Claim::inputs>("inputs",
                                          "SHA-256 by path of the files that the experiment uses, if no repository "
                                          "holds them")
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

template <>
const Description& description_of<ReviewFinding>() {
  static const Description description =
      Object<ReviewFinding>("finding")
          .always<&ReviewFinding::file>("file", "the file, with its line if it has one: `tests/test_it.py:41`")
          .always<&ReviewFinding::what>("what", "what the change does there");
  return description;
}

template <>
const Description& description_of<ChallengeEntry>() {
  static const Description description =
      Object<ChallengeEntry>("challenge")
          .always<&ChallengeEntry::claim>("claim", "SHA-256 of the record that states the claim")
          .always<&ChallengeEntry::text>("text", "what was claimed, in one line")
          .always<&ChallengeEntry::metric>("metric", "the metric that the claim is about")
          .always<&ChallengeEntry::effect>("effect", "what is claimed")
          .always<&ChallengeEntry::claimant>("claimant", "who claimed it")
          .always<&ChallengeEntry::number>("number", "counts the challenges of the claim")
          .always<&ChallengeEntry::record>("record", "SHA-256 of the record with the challenge's samples")
          .always<&ChallengeEntry::environment_name>("environment", "the named class of machine")
          .always<&ChallengeEntry::machine>("machine", "where it was measured, in one line")
          .unless_default<&ChallengeEntry::revision>("revision", "the commit that was measured")
          .always<&ChallengeEntry::independence>("independence", "whether somebody else than the claimant measured")
          .if_set<&ChallengeEntry::rests_on>(
              "rests_on",
              "what the record that the claim rests on shows of it: a ratio's interval, the figure "
              "of a limit in the metric's unit, or the share of blocks that succeeded")
          .always<&ChallengeEntry::again>("again", "what was done afresh")
          .always<&ChallengeEntry::not_again>("not_again", "what was not")
          .always<&ChallengeEntry::checks>("checks", "every check, with how it came out")
          .unless_default<&ChallengeEntry::failed_checks>(
              "failed_checks", "which of `checks` failed, counted from 1; records of 0.1.0 do not say it")
          .always<&ChallengeEntry::findings>("findings", "edits of what judges the trials")
          .always<&ChallengeEntry::result>("result", "the grade and its figures, as in the record")
          .unless_default<&ChallengeEntry::own_inputs>(
              "own_inputs",
              "what the claim comes to on inputs of the challenger's own and in cold states, as in the record");
  return description;
}

template <>
const Description& description_of<AllowedFinding>() {
  static const Description description =
      Object<AllowedFinding>("allowance")
          .always<&AllowedFinding::challenge>("challenge", "SHA-256 of the challenge's record")
          .always<&AllowedFinding::finding>("finding", "counts the challenge's `findings` from 1")
          .always<&AllowedFinding::text>("text", "the finding, in one line")
          .always<&AllowedFinding::reason>("reason", "why it is allowed");
  return description;
}

}  // namespace assay::formats
