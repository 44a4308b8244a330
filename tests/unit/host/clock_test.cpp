#include "core/host/machine/clock.hpp"

#include <gtest/gtest.h>

namespace assay::host {
namespace clock_tests {

TEST(FormatUnixTime, IsTheUtcMinute) {
  // 2026-03-01T14:05:59Z is 1772373959 s after 1970 (date -u -d @1772373959).
  EXPECT_EQ(format_unix_time(1'772'373'959'000'000'000), "2026-03-01 14:05 UTC");
}

TEST(FormatUnixTime, RoundsDownBefore1970) {
  EXPECT_EQ(format_unix_time(-1), "1969-12-31 23:59 UTC");
}

TEST(MonotonicTime, NeverGoesBack) {
  const auto earlier = monotonic_time();
  EXPECT_GE(monotonic_time(), earlier);
}

}  // namespace clock_tests
}  // namespace assay::host
