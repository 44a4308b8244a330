#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

// Error rates of a yes or no per trial: of the difference test, also where fractions appear late, of the guard at
// exactly its margin, and the coverage of the interval, all through the analysis that decides.

namespace assay::planning {
namespace share_calibration_tests {

struct Rates {
  double control = 0;    ///< share of trials that fail
  double treatment = 0;  ///< likewise
};

Trial yes_or_no(Generator& generator, double rate) {
  return decide::measured(generator.uniform() < rate ? 1.0 : 0.0);
}

Plan share_plan(Percent margin, int cap) {
  Plan plan = decide::simple_plan();
  plan.rules = kNewestRules;
  plan.metrics[0].kind = MetricKind::proportion;
  plan.metrics[0].margin = margin;
  plan.protocol.max_blocks = cap;
  return plan;
}

AttemptResult attempt(Plan plan, const Rates& rates, int number) {
  plan.seed = Seed(31).derive(Stream::trials, static_cast<std::uint64_t>(number));
  Generator generator = plan.seed.stream(Stream::simulation);
  return decide::result_of(plan, [&](int block) {
    const Trial control = yes_or_no(generator, rates.control);
    return decide::block_of(plan, block, {control, yes_or_no(generator, rates.treatment)});
  });
}

/// A yes or no, but that from the 13th block on every tenth trial or so gives a fraction: the arms are alike.
AttemptResult attempt_with_late_fractions(Plan plan, int number) {
  plan.seed = Seed(32).derive(Stream::trials, static_cast<std::uint64_t>(number));
  Generator generator = plan.seed.stream(Stream::simulation);
  return decide::result_of(plan, [&](int block) {
    const auto trial = [&] {
      const bool fraction = generator.uniform() < 0.1 && block >= 13;
      return fraction ? decide::measured(generator.uniform()) : yes_or_no(generator, 0.7);
    };
    const Trial control = trial();
    return decide::block_of(plan, block, {control, trial()});
  });
}

bool turned_to_fractions(const AttemptResult& result) {
  return std::ranges::any_of(result.comparisons[0].diagnostics,
                             [](const Diagnostic& one) { return one.kind == DiagnosticKind::fractions; });
}

template <class Play, class Holds>
double share_of(int attempts, Play play, Holds holds) {
  int count = 0;
  for (int number = 0; number < attempts; ++number) count += holds(play(number)) ? 1 : 0;
  return static_cast<double>(count) / attempts;
}

template <class Holds>
double share_of(int attempts, const Plan& plan, const Rates& rates, Holds holds) {
  return share_of(
      attempts, [&](int number) { return attempt(plan, rates, number); }, holds);
}

double at_most(double nominal, int attempts) {
  return nominal + 3 * std::sqrt(nominal * (1 - nominal) / attempts);
}

const MetricResult& primary(const AttemptResult& result) {
  return result.comparisons[0].metrics[0];
}

TEST(ShareRates, EqualOnesAreCalledDifferentNoMoreOftenThanAlpha) {
  constexpr int kAttempts = 200;
  Plan plan = share_plan(Percent{0.1}, 60);  // out of the way: the difference test alone decides
  plan.protocol.kappa = 0;
  const auto different = [](const AttemptResult& result) {
    return result.verdict == Verdict::improved || result.verdict == Verdict::regressed;
  };
  for (const double rate : {0.1, 0.5, 0.9}) {
    EXPECT_LE(share_of(kAttempts, plan, {rate, rate}, different), at_most(0.05, kAttempts)) << rate;
  }
}

TEST(ShareRates, EqualOnesWithLateFractionsAreCalledDifferentNoMoreOftenThanAlpha) {
  constexpr int kAttempts = 250;
  Plan plan = share_plan(Percent{0.1}, 60);
  plan.protocol.kappa = 0;
  int switched = 0;
  const auto different = [&switched](const AttemptResult& result) {
    switched += turned_to_fractions(result) ? 1 : 0;
    return result.verdict == Verdict::improved || result.verdict == Verdict::regressed;
  };
  const double share = share_of(
      kAttempts, [&](int number) { return attempt_with_late_fractions(plan, number); }, different);
  EXPECT_LE(share, at_most(0.05, kAttempts));
  EXPECT_GE(switched, kAttempts / 2);
}

TEST(ShareRates, AtExactlyTheMarginAreCalledNotWorseNoMoreOftenThanAlpha) {
  constexpr int kAttempts = 200;
  const Plan plan = share_plan(Percent{10}, 100);
  const auto not_worse = [](const AttemptResult& result) { return primary(result).not_worse; };
  EXPECT_LE(share_of(kAttempts, plan, {0, 0.1}, not_worse), at_most(0.05, kAttempts));
}

TEST(ShareRates, AreInsideTheIntervalAtTheStop) {
  constexpr int kAttempts = 100;
  const Plan plan = share_plan(Percent{5}, 45);
  for (const Rates& rates : {Rates{0.3, 0.3}, Rates{0.05, 0.25}, Rates{0.9, 0.2}}) {
    const double truth = rates.treatment - rates.control;
    const auto covered = [truth](const AttemptResult& result) {
      const Interval& interval = primary(result).effect->interval;
      return interval.low <= truth && truth <= interval.high;
    };
    EXPECT_GE(share_of(kAttempts, plan, rates, covered), 0.93) << truth;
  }
}

TEST(ShareRates, ATenthOfSuccessesAgainstAllIsSeen) {
  constexpr int kAttempts = 60;
  Plan plan = share_plan(Percent{10}, 30);
  const auto improved = [](const AttemptResult& result) { return result.verdict == Verdict::improved; };
  EXPECT_GE(share_of(kAttempts, plan, {0.9, 0}, improved), 0.99);
}

}  // namespace share_calibration_tests
}  // namespace assay::planning
