#include "core/host/machine/costs.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace costs_tests {

TEST(ClockCosts, ArePositive) {
  const ClockCosts costs = clock_costs();
  EXPECT_GT(costs.resolution.count(), 0);
  EXPECT_GT(costs.reading.count(), 0);
  EXPECT_LT(costs.reading, std::chrono::milliseconds(1));
}

TEST(BareStart, TakesTimeAndRefusesAProgramThatFails) {
  EXPECT_GT(bare_start("/bin/true", 3).count(), 0);
  EXPECT_THROW((void)bare_start("/bin/false", 1), Error);
  EXPECT_THROW((void)bare_start("/nonexistent", 1), Error);
}

TEST(SyncTime, LeavesNothingBehind) {
  const test::ScratchFolder folder;
  EXPECT_GT(sync_time(folder.path(), 3).count(), 0);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_THROW((void)sync_time(folder / "missing", 1), Error);
}

}  // namespace costs_tests
}  // namespace assay::host
