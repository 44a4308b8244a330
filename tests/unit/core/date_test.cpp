#include "core/text/date.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay {
namespace date_tests {

TEST(Date, IsReadAsItIsWritten) {
  EXPECT_EQ(format_date(parse_date("2026-03-01")), "2026-03-01");
  EXPECT_EQ(format_date(parse_date("2028-02-29")), "2028-02-29");
}

TEST(Date, ComesAfterTheDayBefore) {
  EXPECT_EQ(parse_date("2026-03-01") - parse_date("2026-02-28"), std::chrono::days(1));
}

TEST(Date, IsTheDayThatAMomentLiesIn) {
  EXPECT_EQ(format_date(date_of(1'772'373'959'000'000'000)), "2026-03-01");
  EXPECT_EQ(format_date(date_of(-1)), "1969-12-31");
}

TEST(Date, RefusesWhatIsNoDay) {
  for (const char* text : {"", "2026-3-1", "2026-02-29", "2026-13-01", "2026-00-10", "01.03.2026", "2026-03-01 "}) {
    EXPECT_EQ(test::message_of([&] { (void)parse_date(text); }),
              '"' + std::string(text) + "\" is not a date: expected year-month-day, for example 2026-03-01");
  }
}

}  // namespace date_tests
}  // namespace assay
