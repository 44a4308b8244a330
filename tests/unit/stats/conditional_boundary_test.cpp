#include "stats/sequential/conditional_boundary.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace assay::stats {
namespace conditional_boundary_tests {

using Sums = std::vector<std::int32_t>;

/// 0, 1 ... count - 1: every vector has a sum of its own.
RankedSums distinct_sums(std::size_t count) {
  Sums sums(count);
  std::iota(sums.begin(), sums.end(), 0);
  return rank_sums(sums);
}

// 1.5 million needs two digits of the radix sort, 5 million three.
RC_GTEST_PROP(RankedSums, DescendAndKeepTheirVectors, ()) {
  const auto largest = *rc::gen::element(1, 2000, 1'500'000, 5'000'000);
  const Sums sums = *rc::gen::nonEmpty(rc::gen::container<Sums>(rc::gen::inRange(0, largest + 1)));
  const RankedSums ranked = rank_sums(sums);
  RC_ASSERT(std::is_sorted(ranked.sums.begin(), ranked.sums.end(), std::greater<>()));
  for (std::size_t place = 0; place < sums.size(); ++place) {
    RC_ASSERT(ranked.sums[place] == sums[ranked.vectors[place]]);
  }
  std::vector<std::uint32_t> vectors = ranked.vectors;
  std::sort(vectors.begin(), vectors.end());
  for (std::size_t vector = 0; vector < sums.size(); ++vector) RC_ASSERT(vectors[vector] == vector);
}

RC_GTEST_PROP(RankedSums, HoldTheLargestAndWhatEqualsTheSmallestOfThem, ()) {
  const auto largest = *rc::gen::element(1, 20, 2000, 1'500'000);
  const Sums sums = *rc::gen::nonEmpty(rc::gen::container<Sums>(rc::gen::inRange(0, largest + 1)));
  const std::size_t most = *rc::gen::inRange<std::size_t>(1, 30);
  const RankedSums all = rank_sums(sums);
  const RankedSums some = rank_sums(sums, most);
  RC_ASSERT(some.sums.size() >= std::min(most, sums.size()));
  RC_ASSERT(std::equal(some.sums.begin(), some.sums.end(), all.sums.begin()));
  RC_ASSERT(std::equal(some.vectors.begin(), some.vectors.end(), all.vectors.begin()));
  const bool is_whole_group = some.sums.size() == sums.size() || all.sums[some.sums.size()] < some.sums.back();
  RC_ASSERT(is_whole_group);
  RC_ASSERT(some.sums.size() <= most || some.sums[most - 1] == some.sums.back());
}

RC_GTEST_PROP(ConditionalBoundary, NeedsNoMoreThanTheLargestSums, ()) {
  const VectorCount count{.vectors = 500, .observed_included = *rc::gen::arbitrary<bool>()};
  ConditionalBoundary whole(count);
  ConditionalBoundary part(count);
  for (const double alpha : {0.002, 0.01, 0.02, 0.05}) {
    const Sums sums = *rc::gen::container<Sums>(count.vectors, rc::gen::inRange(0, *rc::gen::element(3, 100, 100000)));
    const SideLook side{.observed = *rc::gen::elementOf(sums), .cumulative_alpha = alpha};
    const auto expected = whole.look(rank_sums(sums), side);
    const bool is_equal = part.look(rank_sums(sums, ranks_needed(count, alpha)), side) == expected;
    RC_ASSERT(is_equal);
    RC_ASSERT(part.used() == whole.used());
  }
}

// With 99 vectors and the observed one, 5 % are five vectors: the four largest drawn ones and the observed one.
TEST(ConditionalBoundary, ObservedVectorTakesUpOneOfThePlaces) {
  ConditionalBoundary boundary({.vectors = 99});
  EXPECT_EQ(boundary.look(distinct_sums(99), {.observed = 98, .cumulative_alpha = 0.05}), 95);
  EXPECT_EQ(boundary.used(), 5);
}

TEST(ConditionalBoundary, ObservedVectorBelowTheBoundaryTakesNone) {
  ConditionalBoundary boundary({.vectors = 99});
  EXPECT_EQ(boundary.look(distinct_sums(99), {.observed = 10, .cumulative_alpha = 0.05}), 94);
}

// 1 of 20 may cross; the observed vector shares its sum with another, and both together are too many.
TEST(ConditionalBoundary, EqualSumsCrossTogetherOrNotAtAll) {
  ConditionalBoundary boundary({.vectors = 19});
  EXPECT_EQ(boundary.look(distinct_sums(19), {.observed = 18, .cumulative_alpha = 0.05}), std::nullopt);
  EXPECT_EQ(boundary.used(), 0);
}

TEST(ConditionalBoundary, WhatOneLookCannotUseTheNextMay) {
  ConditionalBoundary boundary({.vectors = 100, .observed_included = true});
  const RankedSums all_equal = rank_sums(Sums(100, 7));
  EXPECT_EQ(boundary.look(all_equal, {.observed = 7, .cumulative_alpha = 0.02}), std::nullopt);
  EXPECT_EQ(boundary.look(distinct_sums(100), {.observed = 0, .cumulative_alpha = 0.05}), 95);
  EXPECT_EQ(boundary.used(), 5);
}

// The vectors 98 and 99 crossed at the first look; the next three are 95 to 97.
TEST(ConditionalBoundary, VectorsThatCrossedAreDead) {
  ConditionalBoundary boundary({.vectors = 100, .observed_included = true});
  EXPECT_EQ(boundary.look(distinct_sums(100), {.observed = 0, .cumulative_alpha = 0.02}), 98);
  EXPECT_EQ(boundary.look(distinct_sums(100), {.observed = 0, .cumulative_alpha = 0.05}), 95);
}

TEST(ConditionalBoundary, ObservedVectorCountsOnce) {
  ConditionalBoundary boundary({.vectors = 99});
  EXPECT_EQ(boundary.look(distinct_sums(99), {.observed = 200, .cumulative_alpha = 0.01}), 200);
  EXPECT_EQ(boundary.look(distinct_sums(99), {.observed = 200, .cumulative_alpha = 0.03}), 97);
}

// 0.29 * 100 is 28.999999999999996 in binary.
TEST(ConditionalBoundary, RoundingDoesNotCostAVector) {
  ConditionalBoundary boundary({.vectors = 100, .observed_included = true});
  EXPECT_EQ(boundary.look(distinct_sums(100), {.observed = 0, .cumulative_alpha = 0.29}), 71);
}

}  // namespace conditional_boundary_tests
}  // namespace assay::stats
