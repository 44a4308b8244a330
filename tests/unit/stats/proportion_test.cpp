#include "stats/reference/proportion.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "stats/holm.hpp"

namespace assay::stats {
namespace proportion_tests {

// Without a failure the bound solves (1 - p)^n = 5 %.
TEST(ClopperPearson, NoFailureInNBlocksBoundsTheRate) {
  for (const int trials : {29, 59, 299}) {
    EXPECT_NEAR(clopper_pearson_upper({.count = 0, .trials = trials}, 0.95), 1 - std::pow(0.05, 1.0 / trials), 1e-12);
  }
}

TEST(ClopperPearson, EndsAreClosedWhereNothingOrEverythingCounts) {
  EXPECT_EQ(clopper_pearson_lower({.count = 0, .trials = 5}, 0.95), 0);
  EXPECT_EQ(clopper_pearson_upper({.count = 5, .trials = 5}, 0.95), 1);
}

RC_GTEST_PROP(ClopperPearson, MirroredShareHasTheMirroredInterval, ()) {
  const int trials = *rc::gen::inRange(1, 200);
  const int count = *rc::gen::inRange(0, trials + 1);
  const Interval interval = clopper_pearson_interval({.count = count, .trials = trials}, 0.95);
  const Interval mirrored = clopper_pearson_interval({.count = trials - count, .trials = trials}, 0.95);
  RC_ASSERT(std::abs(interval.low - (1 - mirrored.high)) < 1e-9);
  RC_ASSERT(interval.low <= static_cast<double>(count) / trials);
  RC_ASSERT(interval.high >= static_cast<double>(count) / trials);
}

TEST(ClopperPearson, ImpossibleSharesAreRefused) {
  EXPECT_THROW((void)clopper_pearson_upper({.count = 3, .trials = 2}, 0.95), Error);
  EXPECT_THROW((void)clopper_pearson_upper({.count = -1, .trials = 2}, 0.95), Error);
  EXPECT_THROW((void)clopper_pearson_upper({.count = 0, .trials = 0}, 0.95), Error);
  EXPECT_THROW((void)clopper_pearson_interval({.count = 1, .trials = 2}, 1), Error);
}

// 1 of 10 against 10 of 10: of all C(20,10) divisions of 11 successes only 2 * 10 / 184756... are as uneven.
TEST(FisherExactTest, OneOfTenAgainstTenOfTenIsSeen) {
  const TwoShares shares{.treatment = {.count = 10, .trials = 10}, .control = {.count = 1, .trials = 10}};
  // C(11,10) C(9,0) / C(20,10) = 11 / 184756 for this table, as much for the opposite one.
  EXPECT_NEAR(fisher_exact_test(shares, Alternative::greater), 11.0 / 184756, 1e-12);
  EXPECT_NEAR(fisher_exact_test(shares, Alternative::two_sided), 22.0 / 184756, 1e-12);
  EXPECT_NEAR(fisher_exact_test(shares, Alternative::less), 1, 1e-12);
}

// The time grows with the number of trials and not with its square, by which this table would take hours.
// With 2,000,000 trials an arm the law is normal: the standard deviation of the difference of shares is 0.0005, so that
// a difference of two of them has p = 0.0455, and the step of one count moves it by 0.0002.
TEST(FisherExactTest, OfMillionsOfTrialsAgreesWithTheNormalLaw) {
  constexpr int kTrials = 2'000'000;
  const TwoShares shares{.treatment = {.count = kTrials / 2 + 1000, .trials = kTrials},
                         .control = {.count = kTrials / 2 - 1000, .trials = kTrials}};
  EXPECT_NEAR(fisher_exact_test(shares, Alternative::two_sided), 0.0455, 0.0003);
}

TEST(McNemarsTest, FailuresOfTreatmentAloneAreMoreFrequentThere) {
  const DiscordantBlocks blocks{.only_control = 0, .only_treatment = 5};
  EXPECT_DOUBLE_EQ(mcnemar_test(blocks, Alternative::greater), 1.0 / 32);
  EXPECT_DOUBLE_EQ(mcnemar_test(blocks, Alternative::two_sided), 1.0 / 16);
  EXPECT_DOUBLE_EQ(mcnemar_test(blocks, Alternative::less), 1);
}

TEST(McNemarsTest, NoDiscordantBlockShowsNothing) {
  EXPECT_EQ(mcnemar_test({}, Alternative::two_sided), 1);
}

double binomial_probability(Share share, double rate) {
  double probability = 1;
  for (int drawn = 0; drawn < share.count; ++drawn) {
    probability *= rate * static_cast<double>(share.trials - drawn) / static_cast<double>(share.count - drawn);
  }
  return probability * std::pow(1 - rate, share.trials - share.count);
}

// Every table of 8 trials against 6 is counted at its own probability.
TEST(ShareDifference, IntervalHoldsTheTruthAtLeastAsOftenAsItsConfidence) {
  constexpr double kConfidence = 0.9;
  for (const double treatment : {0.02, 0.3, 0.5, 0.9}) {
    for (const double control : {0.05, 0.4, 0.98}) {
      double covered = 0;
      for (int of_treatment = 0; of_treatment <= 8; ++of_treatment) {
        for (int of_control = 0; of_control <= 6; ++of_control) {
          const TwoShares seen{.treatment = {of_treatment, 8}, .control = {of_control, 6}};
          const Interval interval = share_difference_interval(seen, kConfidence);
          if (interval.low > treatment - control || interval.high < treatment - control) continue;
          covered += binomial_probability(seen.treatment, treatment) * binomial_probability(seen.control, control);
        }
      }
      EXPECT_GE(covered, kConfidence) << treatment << " against " << control;
    }
  }
}

TEST(ShareDifference, TwoArmsWithoutSuccessMayStillDiffer) {
  const Interval interval =
      share_difference_interval({.treatment = {.count = 0, .trials = 7}, .control = {.count = 0, .trials = 9}}, 0.95);
  EXPECT_LT(interval.low, -0.3);
  EXPECT_GT(interval.high, 0.3);
}

TEST(SignTest, NegativeCountIsRefused) {
  EXPECT_THROW((void)sign_test({.positives = -1, .negatives = 2}, Alternative::less), Error);
}

TEST(SignTest, LongRunOfOneSignIsNeverImpossible) {
  EXPECT_GT(sign_test({.positives = 5000, .negatives = 0}, Alternative::two_sided), 0);
}

RC_GTEST_PROP(Holm, AdjustedValuesLieBetweenThePlainAndBonferronis, ()) {
  const auto p_values = *rc::gen::container<std::vector<double>>(
      rc::gen::map(rc::gen::inRange(1, 1001), [](int permille) { return permille / 1000.0; }));
  const std::vector<double> adjusted = holm_adjusted(p_values);
  RC_ASSERT(adjusted.size() == p_values.size());
  for (std::size_t index = 0; index < adjusted.size(); ++index) {
    RC_ASSERT(adjusted[index] >= p_values[index]);
    RC_ASSERT(adjusted[index] <= std::min(1.0, p_values[index] * static_cast<double>(p_values.size())));
    for (std::size_t other = 0; other < adjusted.size(); ++other) {
      RC_ASSERT(p_values[index] > p_values[other] || adjusted[index] <= adjusted[other]);
    }
  }
}

}  // namespace proportion_tests
}  // namespace assay::stats
