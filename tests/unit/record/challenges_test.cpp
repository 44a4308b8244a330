#include "experiments/record/history/challenges.hpp"

#include <gtest/gtest.h>

namespace assay::record {
namespace challenges_tests {

constexpr std::int64_t kHour = 3'600'000'000'000;

ChallengeStatus challenge(Grade grade, Vouched vouched = Vouched::by_another, std::int64_t created_ns = kHour) {
  ChallengeStatus status;
  status.record.created_ns = created_ns;
  status.content.claim = "c";
  status.content.result.grade = grade;
  status.vouched = vouched;
  return status;
}

ClaimStanding standing(const std::vector<ChallengeStatus>& challenges, const VerifiedRules& rules = {}) {
  return standing_of("c", challenges, rules).standing;
}

TEST(ClaimStanding, FollowsFromTheGradesOfOthers) {
  EXPECT_EQ(standing({}), ClaimStanding::unchallenged);
  EXPECT_EQ(standing({challenge(Grade::confirmed)}), ClaimStanding::verified);
  EXPECT_EQ(standing({challenge(Grade::exaggerated)}), ClaimStanding::exaggerated);
  EXPECT_EQ(standing({challenge(Grade::refuted)}), ClaimStanding::refuted);
  EXPECT_EQ(standing({challenge(Grade::inconclusive)}), ClaimStanding::undecided);
}

ChallengeStatus invalid(GradeReason reason) {
  ChallengeStatus status = challenge(Grade::invalid);
  status.content.result.reason = reason;
  return status;
}

TEST(ClaimStanding, IsInvalidIfAnotherFoundThatItCannotBeGraded) {
  EXPECT_EQ(standing({invalid(GradeReason::failed_trials)}), ClaimStanding::invalid);
  EXPECT_EQ(standing({challenge(Grade::inconclusive), invalid(GradeReason::flawed)}), ClaimStanding::invalid);
  EXPECT_EQ(standing({invalid(GradeReason::failed_trials), challenge(Grade::refuted)}), ClaimStanding::refuted);
}

TEST(ClaimStanding, IsDisputedIfItIsConfirmedAndTreatmentIsFoundAtFault) {
  for (const GradeReason reason : {GradeReason::failed_trials, GradeReason::weakened, GradeReason::guard}) {
    EXPECT_EQ(standing({challenge(Grade::confirmed), invalid(reason)}), ClaimStanding::disputed);
  }
  // What else makes a comparison invalid may lie with the place.
  for (const GradeReason reason : {GradeReason::flawed, GradeReason::control_differs}) {
    EXPECT_EQ(standing({challenge(Grade::confirmed), invalid(reason)}), ClaimStanding::verified);
  }
}

TEST(ClaimStanding, IsDisputedIfGradesDiffer) {
  EXPECT_EQ(standing({challenge(Grade::confirmed), challenge(Grade::refuted)}), ClaimStanding::disputed);
  EXPECT_EQ(standing({challenge(Grade::confirmed), challenge(Grade::inconclusive)}), ClaimStanding::verified);
}

TEST(ClaimStanding, CountsNoSelfCheck) {
  ChallengeStatus own = challenge(Grade::confirmed);
  own.content.independence = Independence::self_check;
  EXPECT_EQ(standing({own}), ClaimStanding::self_checked);
  EXPECT_EQ(standing({own, challenge(Grade::refuted)}), ClaimStanding::refuted);
}

TEST(ClaimStanding, OfASelfCheckSaysWhatItCameTo) {
  ChallengeStatus exaggerated = challenge(Grade::exaggerated);
  exaggerated.content.independence = Independence::self_check;
  exaggerated.content.result.largest_claim = 1.81;
  exaggerated.record.number = 10;
  ChallengeStatus closed = challenge(Grade::inconclusive);
  closed.content.independence = Independence::self_check;
  closed.record.number = 12;
  ClaimStatus claim;
  const JudgedStanding judged = standing_of("c", {exaggerated, closed}, {});
  claim.standing = judged.standing;
  claim.self_check = judged.self_check;
  EXPECT_EQ(standing_text(claim), "self-checked: exaggerated (0010: at most 1.81x)");
  EXPECT_FALSE(standing_of("c", {exaggerated, challenge(Grade::refuted)}, {}).self_check);
}

TEST(ClaimStanding, NeedsASignatureByAnother) {
  EXPECT_EQ(standing({challenge(Grade::confirmed, Vouched::by_nobody)}), ClaimStanding::not_signed);
}

TEST(ClaimStanding, NeedsAKeyThatWasKnownBeforeTheClaim) {
  const ChallengeStatus unknown = challenge(Grade::confirmed, Vouched::by_unknown_key);
  EXPECT_EQ(standing({unknown}), ClaimStanding::unknown_key);
  EXPECT_EQ(standing({unknown, challenge(Grade::confirmed, Vouched::by_nobody)}), ClaimStanding::unknown_key);
  EXPECT_EQ(standing({unknown, challenge(Grade::confirmed)}), ClaimStanding::verified);
}

TEST(ClaimStanding, IsThatOfTheChallengesThatCountIfSomeDo) {
  ChallengeStatus own = challenge(Grade::refuted);
  own.content.independence = Independence::self_check;
  for (const Grade grade : {Grade::confirmed, Grade::exaggerated, Grade::refuted, Grade::inconclusive}) {
    const ClaimStanding alone = standing({challenge(grade)});
    for (const Grade other : {Grade::confirmed, Grade::exaggerated, Grade::refuted}) {
      const std::vector<ChallengeStatus> all{challenge(other, Vouched::by_nobody), challenge(grade), own,
                                             challenge(other, Vouched::by_unknown_key)};
      EXPECT_EQ(standing(all), alone) << to_string(grade) << " " << to_string(other);
      EXPECT_EQ(standing_of("c", all, {}).passed_over, 3);
    }
  }
}

TEST(ClaimStanding, OfUnsignedChallengesIsWhatTheySayTogether) {
  const auto unsigned_one = [](Grade grade) { return challenge(grade, Vouched::by_nobody); };
  EXPECT_EQ(standing({unsigned_one(Grade::refuted)}), ClaimStanding::refuted);
  EXPECT_EQ(standing({unsigned_one(Grade::refuted), unsigned_one(Grade::confirmed)}), ClaimStanding::disputed);
  EXPECT_EQ(standing_of("c", {unsigned_one(Grade::refuted)}, {}).passed_over, 0);
}

TEST(ClaimStanding, SaysHowManyChallengesItPassesOver) {
  EXPECT_EQ(standing_text(ClaimStanding::verified, 0), "verified");
  EXPECT_EQ(standing_text(ClaimStanding::verified, 1), "verified, passing over 1 challenge that does not count");
  EXPECT_EQ(standing_text(ClaimStanding::refuted, 2), "refuted, passing over 2 challenges that do not count");
}

TEST(ClaimStanding, WaitsForEveryFindingToBeAllowed) {
  ChallengeStatus with_findings = challenge(Grade::confirmed);
  with_findings.unexamined = 1;
  EXPECT_EQ(standing({with_findings}), ClaimStanding::unexamined);
}

TEST(ClaimStanding, GrowsStale) {
  const VerifiedRules rules{.now_ns = 30 * kHour, .fresh = nanoseconds(24 * kHour)};
  EXPECT_EQ(standing({challenge(Grade::confirmed, Vouched::by_another, kHour)}, rules), ClaimStanding::stale);
  EXPECT_EQ(standing({challenge(Grade::confirmed, Vouched::by_another, 10 * kHour)}, rules), ClaimStanding::verified);
}

/// Sessions of a claim that the median is at most 1 s, an hour apart, in seconds.
std::vector<ChallengeStatus> sessions(const std::vector<double>& figures, std::int64_t apart_ns = kHour) {
  std::vector<ChallengeStatus> all;
  for (const double figure : figures) {
    all.push_back(
        challenge(Grade::inconclusive, Vouched::by_another, apart_ns * static_cast<std::int64_t>(all.size() + 1)));
    all.back().content.effect = ClaimedLimit{Statistic::median, Bound::at_most, 1};
    all.back().content.result.reason = GradeReason::one_session;
    all.back().content.result.estimate = figure;
  }
  return all;
}

TEST(ClaimStanding, OfALimitTakesSixSessionsOnOneSide) {
  EXPECT_EQ(standing(sessions({0.9, 0.9, 0.9, 0.9, 0.9})), ClaimStanding::undecided);
  EXPECT_EQ(standing(sessions({0.9, 0.9, 0.9, 0.9, 0.9, 1})), ClaimStanding::verified);
  EXPECT_EQ(standing(sessions({1.1, 1.1, 1.1, 1.1, 1.1, 1.1})), ClaimStanding::refuted);
  EXPECT_EQ(standing(sessions({0.9, 0.9, 0.9, 1.1, 0.9, 0.9, 0.9})), ClaimStanding::undecided);
}

TEST(ClaimStanding, CountsNoUnsignedSessionBesideSignedOnes) {
  std::vector<ChallengeStatus> all = sessions({0.9, 0.9, 0.9, 0.9, 0.9, 0.9});
  all.back().vouched = Vouched::by_nobody;
  EXPECT_EQ(standing(all), ClaimStanding::undecided);
  for (ChallengeStatus& session : all) session.vouched = Vouched::by_nobody;
  EXPECT_EQ(standing(all), ClaimStanding::not_signed);
}

TEST(ClaimStanding, CountsSessionsThatAreAnHourApart) {
  EXPECT_EQ(standing(sessions({0.9, 0.9, 0.9, 0.9, 0.9, 0.9}, kHour / 2)), ClaimStanding::undecided);
}

TEST(ClaimStanding, PassesOverChallengesOfOtherClaims) {
  ChallengeStatus other = challenge(Grade::refuted);
  other.content.claim = "d";
  EXPECT_EQ(standing({other}), ClaimStanding::unchallenged);
}

}  // namespace challenges_tests
}  // namespace assay::record
