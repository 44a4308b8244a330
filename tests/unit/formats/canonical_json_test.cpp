#include "experiments/formats/canonical_json.hpp"

#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/seed.hpp"

namespace assay::formats {
namespace canonical_json_tests {

using nlohmann::json;

TEST(CanonicalJson, WritesKeysInByteOrderWithoutBlanks) {
  // "Z" (0x5a) comes before "a" (0x61) and "é" (0xc3 0xa9) after both.
  const json value = {{"é", 1}, {"a", json::array({true, nullptr})}, {"Z", json::object()}};
  EXPECT_EQ(canonical_json(value), R"({"Z":{},"a":[true,null],"é":1})");
}

TEST(CanonicalJson, WritesTheShortestNumberThatReadsBackTheSame) {
  EXPECT_EQ(canonical_json(0.1), "0.1");
  EXPECT_EQ(canonical_json(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(canonical_json(5e-324), "5e-324");
  EXPECT_EQ(canonical_json(1e23), "1e+23");
  EXPECT_EQ(canonical_json(9007199254740993.5), "9007199254740994");
}

TEST(CanonicalJson, EveryRealReadsBackAsItself) {
  Generator generator = Seed(1).stream(Stream::bootstrap);
  for (int draw = 0; draw < 10000; ++draw) {
    const double exponent = std::floor(600 * generator.uniform()) - 300;
    const double value = generator.normal() * std::pow(10, exponent);
    EXPECT_EQ(parse_json(canonical_json(value), "text").get<double>(), value);
  }
}

TEST(CanonicalJson, WritesOneTextForOneWholeNumber) {
  EXPECT_EQ(canonical_json(100000.0), "100000");
  EXPECT_EQ(canonical_json(100000), "100000");
  EXPECT_EQ(canonical_json(-3.0), "-3");
  EXPECT_EQ(canonical_json(-0.0), "0");
  EXPECT_EQ(canonical_json(1e18), "1000000000000000000");
}

TEST(CanonicalJson, KeepsIntegersOf64Bits) {
  EXPECT_EQ(canonical_json(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(canonical_json(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(CanonicalJson, EscapesOnlyWhatItMust) {
  EXPECT_EQ(canonical_json("a/\"b\\\n\t\x01\x7fµ€😀"), "\"a/\\\"b\\\\\\n\\t\\u0001\x7fµ€😀\"");
}

TEST(CanonicalJson, RefusesNumbersThatJsonDoesNotHave) {
  EXPECT_THROW((void)canonical_json(std::numeric_limits<double>::quiet_NaN()), Error);
  EXPECT_THROW((void)canonical_json({{"low", -std::numeric_limits<double>::infinity()}}), Error);
}

TEST(CanonicalJson, RefusesInvalidUtf8) {
  // A stray continuation, an overlong "/", a surrogate, beyond U+10FFFF, a cut sequence.
  for (const char* text : {"\x80", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
    EXPECT_THROW((void)canonical_json(text), Error) << text;
    EXPECT_THROW((void)canonical_json(json{{text, 1}}), Error) << text;
  }
}

TEST(CanonicalJson, IsTheSameAfterReadingItBack) {
  const json value = {{"values", {1.5, 1e300, 100000.0, 7}}, {"text", "ü\n"}, {"none", nullptr}};
  const std::string text = canonical_json(value);
  EXPECT_EQ(canonical_json(parse_json(text, "text")), text);
}

}  // namespace canonical_json_tests
}  // namespace assay::formats
