#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "stats/hodges_lehmann.hpp"
#include "stats/planner.hpp"
#include "stats/signed_rank.hpp"
#include "stats/signed_rank_distribution.hpp"
#include "tests/reference/expectations.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace signed_rank_reference_tests {

using nlohmann::json;
using test::alternative_of;
using test::expect_named;
using test::reference;
using test::reference_log_ratios;
using test::tolerance;

/// The script calls a log-ratio below 1e-12 zero.
std::vector<double> effects_of(const json& entry) {
  std::vector<double> effects = reference_log_ratios(entry.at("data").get<std::string>());
  for (double& effect : effects) {
    if (std::abs(effect) < 1e-12) effect = 0;
  }
  return effects;
}

TEST(SignedRankReference, ExactProbabilitiesAreSciPys) {
  for (const json& entry : reference().at("wilcoxon_signed_rank")) {
    const SignedRankTest result = signed_rank_test(effects_of(entry), alternative_of(entry));
    expect_named(entry, "p_exact", result.p);
    expect_named(entry, "p_conditional_exact", result.p);
    expect_named(entry, "W_plus_pratt", result.positive_sum);
    EXPECT_EQ(result.zeros, entry.at("zeros").get<int>());
    EXPECT_EQ(result.tied, entry.at("ties_in_abs").get<bool>());
  }
}

TEST(SignedRankReference, NormalApproximationsAreSciPys) {
  for (const json& entry : reference().at("wilcoxon_signed_rank")) {
    const auto p = [&](ZeroRule zeros, ContinuityCorrection continuity) {
      return signed_rank_test_normal(effects_of(entry),
                                     {.alternative = alternative_of(entry), .zeros = zeros, .continuity = continuity})
          .p;
    };
    expect_named(entry, "p_approx_pratt", p(ZeroRule::pratt, ContinuityCorrection::none));
    expect_named(entry, "p_approx_pratt_cc", p(ZeroRule::pratt, ContinuityCorrection::half));
    expect_named(entry, "p_approx_wilcox", p(ZeroRule::wilcoxon, ContinuityCorrection::none));
    expect_named(entry, "p_approx_wilcox_cc", p(ZeroRule::wilcoxon, ContinuityCorrection::half));
  }
}

TEST(SignedRankReference, TailsAreThoseOfTheEnumeratedRecursion) {
  for (const json& entry : reference().at("signed_rank_tail")) {
    SignedRankDistribution distribution;
    distribution.extend_to(entry.at("n").get<int>());
    expect_named(entry, "P_W_ge_w", distribution.upper_tail(entry.at("w").get<std::int64_t>()));
  }
}

TEST(SignedRankReference, OneSidedTestsAgainstTheMarginsAreTheEquivalenceTest) {
  for (const json& entry : reference().at("tost_paired_log_ratio")) {
    const std::vector<double> effects = reference_log_ratios(entry.at("data").get<std::string>());
    const auto delta = entry.at("delta").get<double>();
    std::vector<double> from_below = effects;
    std::vector<double> from_above = effects;
    for (double& effect : from_below) effect += delta;
    for (double& effect : from_above) effect -= delta;
    expect_named(entry, "sr_p_lower", signed_rank_test(from_below, Alternative::greater).p);
    expect_named(entry, "sr_p_upper", signed_rank_test(from_above, Alternative::less).p);
  }
}

TEST(HodgesLehmannReference, EstimateAndIntervalAreOrderStatisticsOfTheWalshAverages) {
  for (const json& entry : reference().at("hodges_lehmann_one_sample")) {
    const std::vector<double> effects = reference_log_ratios(entry.at("data").get<std::string>());
    const HodgesLehmann result = hodges_lehmann(effects, entry.at("conf").get<double>());
    expect_named(entry, "hodges_lehmann", result.estimate);
    expect_named(entry, "attained_one_sided", result.side_level);
    EXPECT_EQ(result.critical_value, entry.at("c_upper").get<std::int64_t>());
    if (entry.at("ci").is_null()) {
      EXPECT_TRUE(std::isinf(result.interval.low) && std::isinf(result.interval.high)) << entry.dump();
      continue;
    }
    EXPECT_NEAR(result.interval.low, entry.at("ci").at(0).get<double>(), 1e-12);
    EXPECT_NEAR(result.interval.high, entry.at("ci").at(1).get<double>(), 1e-12);
  }
}

TEST(PlannerReference, TauComesFromTheWidthOfTheNinetyPercentInterval) {
  const json& planner = reference().at("planner");
  const double tau = estimate_tau(reference_log_ratios(planner.at("data").get<std::string>()));
  expect_named(planner, "tau_hat", tau);
}

TEST(PlannerReference, FixedCountsAreTheScripts) {
  const json& planner = reference().at("planner");
  for (const json& entry : planner.at("n_fixed")) {
    const PlanningLevels levels{.alpha = entry.at("alpha").get<double>(), .power = entry.at("power").get<double>()};
    EXPECT_EQ(fixed_blocks_to_detect(planner.at("tau_hat").get<double>(), std::log1p(entry.at("effect").get<double>()),
                                     levels),
              entry.at("n").get<int>())
        << entry.dump();
  }
}

}  // namespace signed_rank_reference_tests
}  // namespace assay::stats
