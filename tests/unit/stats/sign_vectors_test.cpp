#include "stats/sequential/sign_vectors.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include <gtest/gtest.h>

namespace assay::stats {
namespace sign_vectors_tests {

// Column 0 of the stream (signs, 0, 0) of seed 1 begins with the word 0x976a0eaa1ac334df: vector 0 has the byte 0xdf,
// so + in blocks 1 to 5, 7 and 8; vector 1 has 0x34. docs/formats/random.md, from an independent implementation.
TEST(SignVectors, LowestByteOfTheFirstWordIsTheFirstVector) {
  SignVectors vectors({.seed = Seed(1), .drawn = 10, .length = 20});
  const std::vector<std::int32_t> blocks = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};
  const std::vector<std::int32_t> sums = vectors.score_sums(blocks);
  EXPECT_EQ(sums[0], 11011111);
  EXPECT_EQ(sums[1], 110100);
}

// Scores 2, 4 ... 40 for 20 blocks: the sums of docs/formats/random.md over three columns.
TEST(SignVectors, SumsAreTheDocumentedOnes) {
  SignVectors vectors({.seed = Seed(1), .drawn = 10, .length = 20});
  std::vector<std::int32_t> scores(20);
  for (std::size_t block = 0; block < scores.size(); ++block) scores[block] = static_cast<std::int32_t>(2 * block + 2);
  EXPECT_EQ(vectors.score_sums(scores), (std::vector<std::int32_t>{270, 252, 130, 204, 308, 268, 282, 176, 248, 358}));
}

TEST(SignVectors, FewBlocksAreEnumerated) {
  SignVectors vectors({.seed = Seed(1), .drawn = 10, .length = 10});
  ASSERT_TRUE(vectors.enumerated());
  ASSERT_EQ(vectors.count(), 1024U);
  std::vector<std::int32_t> powers(10);
  for (std::size_t block = 0; block < powers.size(); ++block) powers[block] = 1 << block;
  const std::vector<std::int32_t> sums = vectors.score_sums(powers);
  for (std::size_t vector = 0; vector < 1024; ++vector) EXPECT_EQ(sums[vector], static_cast<std::int32_t>(vector));
}

TEST(SignVectors, FifteenBlocksAreDrawn) {
  EXPECT_TRUE(SignVectors({.seed = Seed(1), .drawn = 10, .length = 14}).enumerated());
  EXPECT_FALSE(SignVectors({.seed = Seed(1), .drawn = 10, .length = 15}).enumerated());
}

TEST(SignVectors, LaterLooksSeeTheSameVectors) {
  SignVectors in_steps({.seed = Seed(3), .drawn = 100, .length = 30});
  SignVectors at_once({.seed = Seed(3), .drawn = 100, .length = 30});
  const std::vector<std::int32_t> scores(30, 1);
  (void)in_steps.score_sums(std::span(scores).first(9));
  EXPECT_EQ(in_steps.score_sums(scores), at_once.score_sums(scores));
}

// The signs of blocks after the 1,024th are not kept. 1 for each of the last eight of 1,040 blocks counts the bits of
// column 129, which must be those of its own stream whenever they are asked for.
TEST(SignVectors, SignsOfLateBlocksAreTheSameAtEveryLookAlthoughTheyAreNotKept) {
  SignVectors vectors({.seed = Seed(3), .drawn = 100, .length = 2000});
  std::vector<std::int32_t> scores(1040, 0);
  std::fill(scores.end() - 8, scores.end(), 1);
  const std::vector<std::int32_t> sums = vectors.score_sums(scores);
  Generator stream = Seed(3).stream(Stream::signs, 0, 129);
  const std::uint64_t word = stream();
  for (std::size_t vector = 0; vector < 8; ++vector) {
    EXPECT_EQ(sums[vector], std::popcount(static_cast<std::uint8_t>(word >> (8 * vector))));
  }
  EXPECT_EQ(vectors.score_sums(scores), sums);
}

}  // namespace sign_vectors_tests
}  // namespace assay::stats
