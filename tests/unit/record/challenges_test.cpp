#include "experiments/record/history/challenges.hpp"

#include <gtest/gtest.h>

namespace assay::record {
namespace challenges_tests {

constexpr std::int64_t kHour = 3'600'000'000'000;

ChallengeStatus challenge(Grade grade, const std::string& key = "k", std::int64_t created_ns = kHour) {
  ChallengeStatus status;
  status.record.created_ns = created_ns;
  status.content.claim = "c";
  status.content.result.grade = grade;
  status.signing_key = key;
  return status;
}

ClaimStanding standing(const std::vector<ChallengeStatus>& challenges, const VerifiedRules& rules = {}) {
  return standing_of("c", challenges, {"the claimant's"}, rules);
}

TEST(ClaimStanding, FollowsFromTheGradesOfOthers) {
  EXPECT_EQ(standing({}), ClaimStanding::unchallenged);
  EXPECT_EQ(standing({challenge(Grade::confirmed)}), ClaimStanding::verified);
  EXPECT_EQ(standing({challenge(Grade::exaggerated)}), ClaimStanding::exaggerated);
  EXPECT_EQ(standing({challenge(Grade::refuted)}), ClaimStanding::refuted);
  EXPECT_EQ(standing({challenge(Grade::inconclusive), challenge(Grade::invalid)}), ClaimStanding::undecided);
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

TEST(ClaimStanding, NeedsASignatureThatIsNotTheClaimants) {
  EXPECT_EQ(standing({challenge(Grade::confirmed, "")}), ClaimStanding::not_signed);
  EXPECT_EQ(standing({challenge(Grade::confirmed, "the claimant's")}), ClaimStanding::not_signed);
}

TEST(ClaimStanding, NeedsAKeyThatWasKnownBeforeTheClaim) {
  ChallengeStatus unknown = challenge(Grade::confirmed, "new");
  unknown.is_key_known = false;
  EXPECT_EQ(standing({unknown}), ClaimStanding::unknown_key);
  EXPECT_EQ(standing({unknown, challenge(Grade::confirmed, "")}), ClaimStanding::unknown_key);
  EXPECT_EQ(standing({unknown, challenge(Grade::confirmed)}), ClaimStanding::verified);
}

TEST(ClaimStanding, WaitsForEveryFindingToBeAllowed) {
  ChallengeStatus with_findings = challenge(Grade::confirmed);
  with_findings.unexamined = 1;
  EXPECT_EQ(standing({with_findings}), ClaimStanding::unexamined);
}

TEST(ClaimStanding, GrowsStale) {
  const VerifiedRules rules{.now_ns = 30 * kHour, .fresh = nanoseconds(24 * kHour)};
  EXPECT_EQ(standing({challenge(Grade::confirmed, "k", kHour)}, rules), ClaimStanding::stale);
  EXPECT_EQ(standing({challenge(Grade::confirmed, "k", 10 * kHour)}, rules), ClaimStanding::verified);
}

/// Sessions of a claim that the median is at most 1 s, an hour apart, in seconds.
std::vector<ChallengeStatus> sessions(const std::vector<double>& figures, std::int64_t apart_ns = kHour) {
  std::vector<ChallengeStatus> all;
  for (const double figure : figures) {
    all.push_back(challenge(Grade::inconclusive, "k", apart_ns * static_cast<std::int64_t>(all.size() + 1)));
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
