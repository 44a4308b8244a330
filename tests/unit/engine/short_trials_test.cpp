#include "experiments/engine/short_trials.hpp"

#include <gtest/gtest.h>

namespace assay::engine {
namespace short_trials_tests {

using std::chrono::microseconds;

TEST(ShortTrialWarning, ComesBelowTenTimesTheFloor) {
  EXPECT_EQ(short_trial_warning({microseconds(4999), microseconds(500)}),
            "trials are short: 5.00 ms beside 500 us for starting a process that does nothing; differences are partly "
            "those of starting (let each trial do more work)");
}

TEST(ShortTrialWarning, DoesNotComeFromThereOn) {
  EXPECT_EQ(short_trial_warning({microseconds(5000), microseconds(500)}), std::nullopt);
}

}  // namespace short_trials_tests
}  // namespace assay::engine
