#include "stats/reference/resampled_sums.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "stats/summary.hpp"

namespace assay::stats {
namespace resampled_sums_tests {

std::vector<double> draws(const std::vector<double>& values, int count) {
  const ResampledSums sums(values);
  Generator generator(7);
  std::vector<double> drawn;
  for (int draw = 0; draw < count; ++draw) drawn.push_back(sums.draw(generator));
  return drawn;
}

// Three values have surplus entries in a table of four; each of the 27 ordered resamples is equally likely.
TEST(ResampledSums, DrawEveryResampleOfThreeValuesEquallyOften) {
  std::map<double, int> seen;
  constexpr int kDraws = 27000;
  for (const double sum : draws({1, 10, 100}, kDraws)) ++seen[std::round(sum)];
  const std::map<double, int> ways = {{3, 1},   {12, 3},  {21, 3},  {30, 1},  {102, 3},
                                      {111, 6}, {120, 3}, {201, 3}, {210, 3}, {300, 1}};
  EXPECT_EQ(seen.size(), ways.size());
  for (const auto& [sum, count] : ways) EXPECT_NEAR(seen[sum], 1000 * count, 5 * std::sqrt(1000.0 * count)) << sum;
}

class ResampledSumsOf : public testing::TestWithParam<std::size_t> {};

// The sum of n draws has n times the mean and n times the variance of one.
TEST_P(ResampledSumsOf, HaveTheMeanAndVarianceOfTheirDraws) {
  std::vector<double> values;
  Generator generator(3);
  for (std::size_t index = 0; index < GetParam(); ++index) values.push_back(-5 + 2 * generator.normal());
  const ArmSummary one = summarise(values, 0);
  const auto count = static_cast<double>(values.size());
  const double variance_of_one = one.standard_deviation * one.standard_deviation * (count - 1) / count;
  constexpr int kDraws = 20000;
  const ArmSummary sums = summarise(draws(values, kDraws), 0);
  const double deviation = std::sqrt(count * variance_of_one);
  EXPECT_NEAR(sums.mean, count * one.mean, 4 * deviation / std::sqrt(kDraws));
  EXPECT_NEAR(sums.standard_deviation / deviation, 1, 0.03);
}

INSTANTIATE_TEST_SUITE_P(Counts, ResampledSumsOf, testing::Values(2, 3, 5, 64, 65, 513, 1000, 1024, 1025, 2047, 2048));

TEST(ResampledSums, OfEqualValuesAreExact) {
  for (const double sum : draws(std::vector<double>(1000, -0.1), 100)) EXPECT_NEAR(sum, -100, 1e-8);
  for (const double sum : draws(std::vector<double>(10, 0.0), 10)) EXPECT_EQ(sum, 0);
}

}  // namespace resampled_sums_tests
}  // namespace assay::stats
