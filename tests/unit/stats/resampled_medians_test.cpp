#include "stats/reference/resampled_medians.hpp"

#include <cmath>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "stats/summary.hpp"

namespace assay::stats {
namespace resampled_medians_tests {

/// How often each median comes among all n^n resamples.
std::map<double, int> enumerated_medians(const std::vector<double>& values) {
  std::map<double, int> ways;
  std::vector<std::size_t> chosen(values.size(), 0);
  while (true) {
    std::vector<double> resample;
    for (const std::size_t index : chosen) resample.push_back(values[index]);
    ++ways[median(resample)];
    std::size_t place = 0;
    while (place < chosen.size() && ++chosen[place] == values.size()) chosen[place++] = 0;
    if (place == chosen.size()) return ways;
  }
}

class ResampledMediansOf : public testing::TestWithParam<int> {};

TEST_P(ResampledMediansOf, ComeAsOftenAsAmongAllResamples) {
  std::vector<double> values;
  for (int index = 0; index < GetParam(); ++index) values.push_back(std::pow(4.0, index));
  const std::map<double, int> ways = enumerated_medians(values);
  const double resamples = std::pow(GetParam(), GetParam());
  constexpr int kDraws = 100'000;
  const ResampledMedians medians(values);
  Generator generator(11);
  std::map<double, int> seen;
  for (int draw = 0; draw < kDraws; ++draw) ++seen[medians.draw(generator)];
  for (const auto& [value, count] : seen) EXPECT_TRUE(ways.contains(value)) << value;
  for (const auto& [value, count] : ways) {
    const double expected = kDraws * count / resamples;
    EXPECT_NEAR(seen[value], expected, 4.5 * std::sqrt(expected) + 1) << value;
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, ResampledMediansOf, testing::Values(2, 3, 4, 5, 6));

// For large n the median of n uniform values varies by 1 / (2 sqrt(n)).
TEST(ResampledMedians, OfManyValuesVaryAsOrderStatisticsDo) {
  std::vector<double> values;
  for (int index = 0; index < 10'000; ++index) values.push_back(index / 10'000.0);
  const ResampledMedians medians(values);
  Generator generator(12);
  std::vector<double> drawn;
  for (int draw = 0; draw < 20'000; ++draw) drawn.push_back(medians.draw(generator));
  EXPECT_NEAR(mean(drawn), 0.5, 4 * 0.005 / std::sqrt(20'000));
  EXPECT_NEAR(std::sqrt(variance(drawn)), 0.005, 0.0001);
}

}  // namespace resampled_medians_tests
}  // namespace assay::stats
