#include "stats/diagnosis/group_differences.hpp"

#include <gtest/gtest.h>

namespace assay::stats {
namespace group_differences_tests {

const std::vector<double> kOddThenEven = {1, 3, 5, 7, 9, 2, 4, 6, 8, 10};
const std::vector<std::size_t> kHalves = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};

TEST(GroupDifferences, HaveTheStatisticOfKruskalAndWallis) {
  // scipy.stats.kruskal([1, 3, 5, 7, 9], [2, 4, 6, 8, 10]).statistic
  EXPECT_NEAR(group_differences(kOddThenEven, kHalves, Seed(1)).statistic, 0.2727272727272734, 1e-12);
}

TEST(GroupDifferences, CorrectTheStatisticForTies) {
  // scipy.stats.kruskal([1, 1, 1], [2, 2, 2], [2, 2]).statistic
  EXPECT_NEAR(
      group_differences(std::vector<double>{1, 1, 1, 2, 2, 2, 2, 2}, {0, 0, 0, 1, 1, 1, 2, 2}, Seed(1)).statistic, 7.0,
      1e-12);
}

TEST(GroupDifferences, HaveThePOfAllDivisionsOfSmallGroups) {
  // Two of the 20 divisions of six values into threes are as extreme: 0.1.
  const GroupDifferences found = group_differences(std::vector<double>{1, 2, 3, 4, 5, 6}, {0, 0, 0, 1, 1, 1}, Seed(1));
  EXPECT_NEAR(found.p, 0.1, 0.02);
}

TEST(GroupDifferences, AreNoneIfAllValuesAreEqual) {
  const GroupDifferences found = group_differences(std::vector<double>{3, 3, 3, 3}, {0, 0, 1, 1}, Seed(1));
  EXPECT_EQ(found.statistic, 0);
  EXPECT_EQ(found.p, 1);
}

TEST(GroupDifferences, AreRarelyFoundWhereThereAreNone) {
  int found = 0;
  constexpr int kTries = 400;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    Generator generator(static_cast<std::uint64_t>(attempt) + 1);
    std::vector<double> values;
    for (int value = 0; value < 12; ++value) values.push_back(generator.normal());
    found += group_differences(values, {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3}, Seed(7)).p <= 0.05 ? 1 : 0;
  }
  // 5 % of 400 is 20; four standard deviations above that is 37.
  EXPECT_LE(found, 37);
  EXPECT_GE(found, 5);
}

TEST(GroupDifferences, AreTheSameForTheSameSeed) {
  EXPECT_EQ(group_differences(kOddThenEven, kHalves, Seed(5)).p, group_differences(kOddThenEven, kHalves, Seed(5)).p);
}

}  // namespace group_differences_tests
}  // namespace assay::stats
