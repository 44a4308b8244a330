#include "core/host/machine/instructions.hpp"

#include <cerrno>

#include <gtest/gtest.h>

namespace assay::host {
namespace instructions_tests {

TEST(Instructions, ThatCannotBeCountedHaveTheReasonOfTheKernelsError) {
  EXPECT_EQ(missing_counter_text(ENOENT, "2"),
            "this machine gives the kernel no hardware counter, as many virtual machines do not");
  EXPECT_NE(missing_counter_text(ENOSYS, "").find("built without performance counters"), std::string::npos);
  EXPECT_NE(missing_counter_text(EACCES, "4").find("kernel.perf_event_paranoid is 4"), std::string::npos);
  EXPECT_EQ(missing_counter_text(EPERM, ""), "this user may not count them");
  EXPECT_EQ(missing_counter_text(EMFILE, "2"), "perf_event_open: Too many open files");
}

TEST(Instructions, LeaveNoCounterOpen) {
  const std::string first = why_no_instructions();
  for (int more = 0; more < 2000; ++more) ASSERT_EQ(why_no_instructions(), first);  // more than may be open at once
}

}  // namespace instructions_tests
}  // namespace assay::host
