#include "core/engine/weight_room.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace weight_room_tests {

constexpr Bytes kGigabyte{1'000'000'000};
const WeightRoom kRoom{.cpus = 2, .memory = Bytes{3 * kGigabyte.count}};

WorkloadWeight weight(double cpus, std::int64_t gigabytes) {
  return {.cpus = cpus, .memory = Bytes{gigabytes * kGigabyte.count}};
}

TEST(WeightRoom, IsFilledToTheBrimWhateverSumsAreRoundedTo) {
  WorkloadWeight sum{.cpus = 0};
  for (int part = 0; part < 20; ++part) sum = together(sum, {.cpus = 0.1});
  EXPECT_TRUE(fits(sum, kRoom));
  EXPECT_EQ(excess_of(together(sum, {.cpus = 0.1}), kRoom), (Excess{.of_cpus = true}));
}

TEST(WeightRoom, CountsMemoryThatIsNotDeclaredAsNone) {
  EXPECT_TRUE(fits(together({.cpus = 1}, weight(1, 3)), kRoom));
}

TEST(WhatKeepsAllApart, IsTheOneLimitThatEveryPairExceeds) {
  EXPECT_EQ(what_keeps_all_apart({weight(2, 0), weight(1, 3), weight(1.5, 1)}, kRoom), (Excess{.of_cpus = true}));
  EXPECT_EQ(what_keeps_all_apart({weight(1, 2), weight(1, 2)}, kRoom), (Excess{.of_memory = true}));
}

TEST(WhatKeepsAllApart, IsBothIfEachKeepsSomeApart) {
  const Excess both{.of_cpus = true, .of_memory = true};
  EXPECT_EQ(what_keeps_all_apart({weight(2, 0), weight(0.5, 2), weight(0.5, 2)}, kRoom), both);
  EXPECT_EQ(what_keeps_all_apart({weight(2, 2), weight(2, 2)}, kRoom), both);
}

TEST(WhatKeepsAllApart, IsEmptyIfTwoFit) {
  EXPECT_EQ(what_keeps_all_apart({weight(2, 3), weight(1, 1), weight(1, 1)}, kRoom), std::nullopt);
  EXPECT_EQ(what_keeps_all_apart({weight(9, 9)}, kRoom), std::nullopt);
}

TEST(WeightRoom, IsDescribedByTheLimitsThatBind) {
  EXPECT_EQ(describe_limits(kRoom, {.of_cpus = true, .of_memory = true}), "2 CPUs and 3.00 GB of memory");
  EXPECT_EQ(describe_weight(weight(1, 2), {.of_memory = true}), "2.00 GB of memory");
  EXPECT_EQ(describe_weight({.cpus = 1}, {.of_cpus = true, .of_memory = true}), "1 CPU");
}

}  // namespace weight_room_tests
}  // namespace assay
