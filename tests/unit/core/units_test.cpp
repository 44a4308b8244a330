#include "core/units.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay {
namespace units_tests {

using namespace std::chrono_literals;

TEST(ParseDuration, ReadsEveryUnit) {
  EXPECT_EQ(parse_duration("10min"), 10min);
  EXPECT_EQ(parse_duration("1.5 s"), 1500ms);
  EXPECT_EQ(parse_duration("250us"), 250us);
  EXPECT_EQ(parse_duration("7 ns"), 7ns);
  EXPECT_EQ(parse_duration("2h30min"), 150min);
  EXPECT_EQ(parse_duration("1 d"), 24h);
}

TEST(ParseDuration, RefusesABareNumberAndNonsense) {
  for (const char* text : {"", "10", "ten s", "10 parsecs", "-1 s", "nan s", "1e400 s", "1e30 d"}) {
    EXPECT_THROW((void)parse_duration(text), Error) << text;
  }
}

TEST(ParseBytes, KnowsDecimalAndBinaryPrefixes) {
  EXPECT_EQ(parse_bytes("1GiB").count, 1073741824);
  EXPECT_EQ(parse_bytes("1.5 MB").count, 1500000);
  EXPECT_THROW((void)parse_bytes("100"), Error);
}

TEST(ParsePercent, NeedsItsSign) {
  EXPECT_EQ(parse_percent("3%").value, 3);
  EXPECT_EQ(parse_percent("0.5 %").value, 0.5);
  EXPECT_THROW((void)parse_percent("3"), Error);
  EXPECT_THROW((void)parse_percent("3 % or so"), Error);
}

TEST(FormatDuration, KeepsThreeDigits) {
  EXPECT_EQ(format_duration(5310ms), "5.31 s");
  EXPECT_EQ(format_duration(41300us), "41.3 ms");
  EXPECT_EQ(format_duration(324s), "324 s");
  EXPECT_EQ(format_duration(780s), "13 min 0 s");
  EXPECT_EQ(format_duration(450us), "450 us");
}

TEST(FormatChange, ShowsItsSign) {
  EXPECT_EQ(format_change(-80.83), "-80.8 %");
  EXPECT_EQ(format_change(0.053), "+0.05 %");
  EXPECT_EQ(format_change(1234), "+1234 %");
}

}  // namespace units_tests
}  // namespace assay
