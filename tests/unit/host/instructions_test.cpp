#include "core/host/machine/instructions.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/host/machine/kernel_events.hpp"

namespace assay::host {
namespace instructions_tests {

TEST(Instructions, ThatCannotBeCountedHaveTheReasonThatTrialsGive) {
  const std::string why = why_no_instructions();
  if (why.empty()) GTEST_SKIP() << "this kernel counts them";
  std::vector<std::string> reasons;
  for (const int error : {ENOENT, ENOSYS, EACCES, EPERM, EBUSY, EMFILE}) {
    reasons.push_back(why_no_counter(error, perf_event_paranoid()));
  }
  EXPECT_NE(std::find(reasons.begin(), reasons.end(), why), reasons.end()) << why;
}

TEST(Instructions, LeaveNoCounterOpen) {
  const std::string first = why_no_instructions();
  for (int more = 0; more < 2000; ++more) ASSERT_EQ(why_no_instructions(), first);  // more than may be open at once
}

}  // namespace instructions_tests
}  // namespace assay::host
