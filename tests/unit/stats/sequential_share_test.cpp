#include "stats/sequential/sequential_share.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/seed.hpp"
#include "stats/reference/proportion.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::stats {
namespace sequential_share_tests {

std::vector<CountLook> one_look(int count, int blocks, double level) {
  return {{.blocks = blocks, .count = count, .spent = level}};
}

TEST(SequentialShare, OfOneLookHasTheBoundsOfClopperAndPearson) {
  for (const Share share : {Share{0, 29}, Share{1, 10}, Share{7, 20}, Share{10, 10}, Share{50, 1000}}) {
    for (const double level : {0.05, 0.01, 0.0003}) {
      const std::vector<CountLook> look = one_look(share.count, share.trials, level);
      EXPECT_NEAR(sequential_upper_bound(look), clopper_pearson_upper(share, 1 - level), 2e-9);
      EXPECT_NEAR(sequential_lower_bound(look), clopper_pearson_lower(share, 1 - level), 2e-9);
    }
  }
}

TEST(SequentialShare, WithoutACountNeedsTheBlocksThatThePowerSays) {
  EXPECT_EQ(blocks_without_count(0.10, 0.05), 29);  // 0.9^29 = 4.7 %, 0.9^28 = 5.2 %
  EXPECT_EQ(blocks_without_count(0.05, 0.05), 59);
  EXPECT_EQ(blocks_without_count(0.01, 0.05), 299);
  EXPECT_TRUE(shown_below(one_look(0, 29, 0.05), 0.10));
  EXPECT_FALSE(shown_below(one_look(0, 28, 0.05), 0.10));
}

TEST(SequentialShare, PaysForLookingAgain) {
  const std::vector<int> looks = look_schedule({.first = 6, .cap = 60});
  const std::vector<double> spent = log_spending(looks, 0.05);
  std::vector<CountLook> so_far;
  for (std::size_t look = 0; looks[look] <= 29; ++look) so_far.push_back({looks[look], 0, spent[look]});
  EXPECT_FALSE(shown_below(so_far, 0.10));
  EXPECT_TRUE(shown_below(so_far, 0.15));
}

TEST(SequentialShare, RemembersWhatALookHasShown) {
  // Nothing in 60 blocks shows less than 10 %; that the next 10 blocks are all bad changes nothing of it.
  const std::vector<CountLook> looks = {{60, 0, 0.03}, {70, 10, 0.05}};
  EXPECT_TRUE(shown_below(looks, 0.10));
}

TEST(SequentialShare, BoundsEncloseTheShareSeen) {
  const std::vector<CountLook> looks = {{10, 3, 0.01}, {20, 7, 0.02}, {40, 13, 0.025}};
  EXPECT_LT(sequential_lower_bound(looks), 13.0 / 40);
  EXPECT_GT(sequential_upper_bound(looks), 13.0 / 40);
}

TEST(SequentialShare, IsWrongNoMoreOftenThanItsLevel) {
  // The share is exactly the limit: showing it to be below, at any look, is an error.
  const std::vector<int> looks = look_schedule({.first = 6, .cap = 200});
  const std::vector<double> spent = log_spending(looks, 0.05);
  for (const double limit : {0.05, 0.10, 0.30}) {
    int wrong = 0;
    const int series = 4000;
    for (int number = 0; number < series; ++number) {
      Generator generator = Seed(11).stream(Stream::simulation, static_cast<std::uint64_t>(number));
      std::vector<CountLook> so_far;
      int blocks = 0;
      int count = 0;
      for (std::size_t look = 0; look < looks.size(); ++look) {
        for (; blocks < looks[look]; ++blocks) count += generator.uniform() < limit ? 1 : 0;
        so_far.push_back({blocks, count, spent[look]});
      }
      wrong += shown_below(so_far, limit) ? 1 : 0;
    }
    EXPECT_LE(wrong, series * 0.05 + 3 * std::sqrt(series * 0.05 * 0.95)) << limit;
    EXPECT_GE(wrong, series * 0.02) << limit;  // and does not waste much of it
  }
}

}  // namespace sequential_share_tests
}  // namespace assay::stats
