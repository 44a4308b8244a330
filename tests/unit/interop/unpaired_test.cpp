#include <cmath>

#include <gtest/gtest.h>

#include "experiments/interop/unpaired_shares.hpp"
#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace unpaired_tests {

UnpairedQuestion ratio_question() {
  UnpairedQuestion question;
  question.metric.unit = "s";
  return question;
}

std::vector<double> noise(int count, double level, std::uint64_t seed) {
  Generator generator = Seed(seed).stream(Stream::simulation);
  std::vector<double> values;
  for (int index = 0; index < count; ++index) values.push_back(level * std::exp(0.01 * generator.normal()));
  return values;
}

TEST(Unpaired, ObservesADifference) {
  const UnpairedValues values{.control = noise(30, 1, 1), .treatment = noise(30, 0.8, 2)};
  const UnpairedResult result = compare_unpaired(values, ratio_question());
  EXPECT_EQ(result.finding, Finding::difference);
  EXPECT_NEAR(std::exp(result.estimate), 0.8, 0.01);
  EXPECT_TRUE(result.interval.low < result.estimate && result.estimate < result.interval.high);
}

TEST(Unpaired, ObservesNoneWhereThereIsNone) {
  const UnpairedValues values{.control = noise(30, 1, 1), .treatment = noise(30, 1, 2)};
  const UnpairedResult result = compare_unpaired(values, ratio_question());
  EXPECT_EQ(result.finding, Finding::no_difference);
  EXPECT_LT(std::abs(result.estimate), 0.01);
}

// Four against four values, wholly apart: 2 of the 70 arrangements are as extreme.
TEST(Unpaired, TakesTheExactTestWhereNoValuesAreTied) {
  const UnpairedValues values{.control = {1, 2, 3, 4}, .treatment = {5, 6, 7, 8}};
  const UnpairedResult result = compare_unpaired(values, ratio_question());
  EXPECT_TRUE(result.exact);
  EXPECT_DOUBLE_EQ(result.p, 2.0 / 70);
}

TEST(Unpaired, ShowsDriftBetweenTheHalvesOfAnArm) {
  std::vector<double> drifting = noise(40, 1, 1);
  for (std::size_t index = 20; index < 40; ++index) drifting[index] *= 1.2;
  const UnpairedResult result = compare_unpaired({.control = drifting, .treatment = drifting}, ratio_question());
  // Both arms' halves are ln 1.2 apart; the standard deviation of two values is their distance over the root of 2.
  EXPECT_NEAR(result.between_halves, std::log(1.2) / std::sqrt(2), 0.01);
}

TEST(Unpaired, ComparesDifferencesInTheirUnit) {
  UnpairedQuestion question = ratio_question();
  question.metric.kind = MetricKind::difference;
  const UnpairedResult result = compare_unpaired({.control = {-1, 0, 1, 2}, .treatment = {9, 10, 11, 12}}, question);
  EXPECT_DOUBLE_EQ(result.estimate, 10);
}

TEST(Unpaired, RefusesTooFewValuesAndZeros) {
  const auto mistake = [](const UnpairedValues& values, const UnpairedQuestion& question) {
    return test::message_of([&] { (void)compare_unpaired(values, question); });
  };
  EXPECT_EQ(mistake({.control = {1, 2, 3}, .treatment = {1, 2, 3, 4}}, ratio_question()),
            "control has 3 values; expected 4 or more");
  EXPECT_NE(mistake({.control = {1, 2, 3, 4}, .treatment = {0, 2, 3, 4}}, ratio_question()).find("of kind difference"),
            std::string::npos);
}

UnpairedQuestion share_question() {
  UnpairedQuestion question = ratio_question();
  question.metric.kind = MetricKind::proportion;
  return question;
}

std::vector<double> trials(int successes, int failures) {
  std::vector<double> values(static_cast<std::size_t>(successes), 1);
  values.resize(values.size() + static_cast<std::size_t>(failures), 0);
  return values;
}

// SciPy's boschloo_exact([[10, 1], [0, 9]]) gives 0.00004005.
TEST(UnpairedShares, SeeOneSuccessInTenAgainstTenInTen) {
  const UnpairedShares result =
      compare_unpaired_shares({.control = trials(1, 9), .treatment = trials(10, 0)}, share_question());
  EXPECT_EQ(result.finding, Finding::difference);
  EXPECT_NEAR(result.p, 0.00004005, 1e-8);
  EXPECT_DOUBLE_EQ(result.estimate, 0.9);
  EXPECT_GT(result.interval.low, 0);
  EXPECT_EQ(result.test, SharesTest::boschloo);
  EXPECT_EQ(result.shares.control.count, 1);
}

TEST(UnpairedShares, OfManyTrialsAreComparedByFishersTest) {
  const UnpairedShares result =
      compare_unpaired_shares({.control = trials(300, 300), .treatment = trials(330, 270)}, share_question());
  EXPECT_EQ(result.test, SharesTest::fisher);
  EXPECT_EQ(result.finding, Finding::no_difference);
}

TEST(UnpairedShares, RefuseFractionsAndEmptyArms) {
  const auto mistake = [](const UnpairedValues& values) {
    return test::message_of([&] { (void)compare_unpaired_shares(values, share_question()); });
  };
  EXPECT_NE(mistake({.control = {0, 1}, .treatment = {0.5}}).find("treatment has the value 0.5"), std::string::npos);
  EXPECT_EQ(mistake({.control = {}, .treatment = {1}}), "control has no value; expected one or more");
}

}  // namespace unpaired_tests
}  // namespace assay::interop
