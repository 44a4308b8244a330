#include "experiments/trial/drawn_order.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace assay::trial {
namespace drawn_order_tests {

TEST(DrawnOrder, HasEachArmOnce) {
  for (std::size_t arms = 0; arms < 6; ++arms) {
    std::vector<ArmIndex> order = drawn_order(arms);
    std::sort(order.begin(), order.end());
    for (ArmIndex arm = 0; arm < arms; ++arm) EXPECT_EQ(order.at(arm), arm);
  }
}

TEST(DrawnOrder, IsAnyOrder) {
  std::set<std::vector<ArmIndex>> seen;
  for (int draw = 0; draw < 300; ++draw) seen.insert(drawn_order(3));
  EXPECT_EQ(seen.size(), 6U);  // one is missing once in 10^23
}

}  // namespace drawn_order_tests
}  // namespace assay::trial
