#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "stats/ranks.hpp"
#include "stats/sequential/conditional_boundary.hpp"
#include "stats/sequential/gaussian_walk.hpp"
#include "stats/sequential/sequential_test.hpp"
#include "stats/sequential/sign_vectors.hpp"
#include "stats/sequential/spending.hpp"
#include "stats/sequential/tabulated_boundary.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace boundary_reference_tests {

using nlohmann::json;
using test::reference;

/// Boundaries of the walk when it may spend `cumulative` by each of the looks.
std::vector<double> boundaries(const std::vector<double>& looks, const std::vector<double>& cumulative) {
  GaussianWalk walk;
  std::vector<double> heights;
  double spent = 0;
  for (std::size_t look = 0; look < looks.size(); ++look) {
    heights.push_back(walk.boundary(looks[look], cumulative[look] - spent));
    spent = cumulative[look];
    walk.cut(looks[look], heights.back());
  }
  return heights;
}

void expect_near_all(const std::vector<double>& actual, const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t place = 0; place < actual.size(); ++place) EXPECT_NEAR(actual[place], expected[place], tolerance);
}

// The two spending functions of Lan and DeMets (1983) that imitate the O'Brien-Fleming and the Pocock boundary.
TEST(GaussianWalkReference, BoundariesAreThePublishedOnes) {
  const json& published = reference().at("lan_demets_published");
  const auto looks = published.at("looks").get<std::vector<double>>();
  const auto alpha = published.at("one_sided_alpha").get<double>();
  const auto tolerance = published.at("tol").get<double>();
  constexpr double kUpperQuantileOf1Point25Percent = 2.241402727604945;
  std::vector<double> obrien_fleming;
  std::vector<double> pocock;
  for (const double information : looks) {
    obrien_fleming.push_back(std::erfc(kUpperQuantileOf1Point25Percent / std::sqrt(2 * information)));
    pocock.push_back(alpha * std::log1p((std::exp(1.0) - 1) * information));
  }
  expect_near_all(boundaries(looks, obrien_fleming), published.at("obf").get<std::vector<double>>(), tolerance);
  expect_near_all(boundaries(looks, pocock), published.at("pocock").get<std::vector<double>>(), tolerance);
}

TEST(TabulatedBoundaryReference, LevelsAndCriticalValuesAreTheTables) {
  const json& all = reference().at("group_sequential_signed_rank");
  ASSERT_FALSE(all.at("gs_tables").empty());
  for (const json& table : all.at("gs_tables")) {
    const auto looks = table.at("looks").get<std::vector<int>>();
    const TabulatedBoundary boundary({.looks = looks, .level = table.at("alpha_two_sided").get<double>() / 2});
    const TabulatedBoundary equivalence({.looks = looks, .level = table.at("equivalence_level").get<double>()});
    for (std::size_t look = 0; look < looks.size(); ++look) {
      const BoundaryPoint point = boundary.at(look);
      const auto level = table.at("p_one_sided").at(look).get<double>();
      const auto spent = table.at("cum_spent").at(look).get<double>();
      EXPECT_EQ(point.critical_value, table.at("c").at(look).get<std::int64_t>());
      EXPECT_NEAR(point.level, level, all.at("tol_p_rel").get<double>() * level);
      // A boundary at 12 standard deviations, where nothing can be rejected, spends 2e-33: nothing, in both.
      EXPECT_NEAR(point.spent, spent, all.at("tol_p_rel").get<double>() * spent + 1e-30);
      EXPECT_EQ(equivalence.at(look).critical_value, table.at("c_equiv").at(look).get<std::int64_t>());
    }
  }
}

struct ConditionalCase {
  std::vector<double> effects = {};
  std::vector<int> looks;
  double level;
  const json* result;
};

/// The first case names its effects by formula, "-(n20 log-ratio)[:12]".
std::vector<ConditionalCase> conditional_cases() {
  std::vector<ConditionalCase> cases;
  for (const json& entry : reference().at("exact_conditional_group_sequential")) {
    ConditionalCase next{.looks = entry.at("looks").get<std::vector<int>>(),
                         .level = entry.at("alpha_side").get<double>(),
                         .result = &entry.at("result")};
    if (entry.at("d").is_string()) {
      next.effects = test::reference_log_ratios("n20");
      next.effects.resize(12);
      for (double& effect : next.effects) effect = -effect;
    } else {
      next.effects = entry.at("d").get<std::vector<double>>();
    }
    cases.push_back(std::move(next));
  }
  return cases;
}

TEST(ConditionalBoundaryReference, EnumeratedBoundaryIsTheScripts) {
  for (const ConditionalCase& example : conditional_cases()) {
    SignVectors vectors({.seed = Seed(0), .length = example.looks.back()});
    ASSERT_TRUE(vectors.enumerated());
    ConditionalBoundary boundary({.vectors = vectors.count(), .observed_included = true});
    const std::vector<double> cumulative = log_spending(example.looks, example.level);
    for (std::size_t look = 0; look < example.looks.size(); ++look) {
      const json& expected = example.result->at(look);
      const PrattScores scores =
          pratt_scores(std::span(example.effects).first(static_cast<std::size_t>(example.looks[look])));
      const auto critical_value = boundary.look(
          rank_sums(vectors.score_sums(scores.doubled)),
          {.observed = static_cast<std::int32_t>(scores.doubled_positive), .cumulative_alpha = cumulative[look]});
      EXPECT_DOUBLE_EQ(cumulative[look], expected.at("cum_alpha").get<double>());
      EXPECT_DOUBLE_EQ(static_cast<double>(scores.doubled_positive) / 2, expected.at("W_obs").get<double>());
      EXPECT_DOUBLE_EQ(static_cast<double>(boundary.used()) / static_cast<double>(vectors.count()),
                       expected.at("spent_cum").get<double>());
      ASSERT_EQ(critical_value.has_value(), !expected.at("c").is_null());
      if (!critical_value) continue;
      EXPECT_DOUBLE_EQ(*critical_value / 2.0, expected.at("c").get<double>());
    }
  }
}

TEST(SequentialTestReference, CrossesAtTheLooksTheScriptRejectsAt) {
  for (const ConditionalCase& example : conditional_cases()) {
    SequentialTest test(
        {.looks = example.looks, .alpha = {.below_zero = example.level, .above_zero = example.level}, .margin = 0.03});
    bool rejected = false;
    for (const json& expected : *example.result) {
      rejected |= expected.at("reject_upper").get<bool>();
      EXPECT_EQ(test.look(example.effects).above_zero, rejected);
    }
    EXPECT_TRUE(rejected);
  }
}

}  // namespace boundary_reference_tests
}  // namespace assay::stats
