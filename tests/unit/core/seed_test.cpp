#include "core/seed.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay {
namespace seed_tests {

// The vectors of docs/formats/random.md, made by an independent implementation in Python. They freeze the record's
// format: a change here breaks every record.
TEST(Generator, StreamsGiveTheDocumentedWords) {
  Generator order = Seed(1).stream(Stream::order, 0, 1);
  EXPECT_EQ(order(), 0x6b047814c731a2afU);
  EXPECT_EQ(order(), 0xa33fd0b429488ef6U);
  Generator signs = Seed(0x0123456789abcdefU).stream(Stream::signs, 2, 5);
  EXPECT_EQ(signs(), 0x460b4b06ca6715fdU);
  EXPECT_EQ(signs(), 0x187e4084a1f3c734U);
}

TEST(Generator, UniformTakesTheTop53Bits) {
  Generator generator = Seed(1).stream(Stream::bootstrap);
  EXPECT_EQ(generator.uniform(), 0.5681206890459644);
  EXPECT_EQ(generator.uniform(), 0.5163807418625558);
}

TEST(Generator, NormalGivesTheDocumentedNumbers) {
  Generator generator = Seed(1).stream(Stream::bootstrap);
  for (const double expected : {2.7260188774747713, -1.8506560578372258, -1.4053284473809988}) {
    EXPECT_DOUBLE_EQ(generator.normal(), expected);
  }
}

TEST(Generator, BelowGivesTheDocumentedIntegers) {
  Generator generator = Seed(7).stream(Stream::order, 0, 3);
  for (const std::uint64_t expected : {2U, 1U, 3U, 5U, 1U, 4U, 1U, 3U, 4U, 4U}) EXPECT_EQ(generator.below(6), expected);
}

TEST(Seed, DerivedSeedIsTheDocumentedOne) {
  EXPECT_EQ(Seed(1).derive(Stream::trials, 7), Seed(0x88a7e37f405846a2U));
}

TEST(Seed, TextReadsBackAsTheSameSeed) {
  const Seed seed(0x0123456789abcdefU);
  EXPECT_EQ(seed.to_string(), "0x0123456789abcdef");
  EXPECT_EQ(Seed::parse(seed.to_string()), seed);
  EXPECT_EQ(Seed::parse("42"), Seed(42));
}

TEST(Seed, TextThatIsNoNumberIsRefused) {
  for (const char* text : {"", "x", "-1", "12 ", "0x", "18446744073709551616"})
    EXPECT_THROW((void)Seed::parse(text), Error) << text;
}

}  // namespace seed_tests
}  // namespace assay
