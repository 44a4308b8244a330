#include "core/host/machine/kernel_events.hpp"

#include <cerrno>
#include <linux/perf_event.h>

#include <gtest/gtest.h>

#include "core/metric.hpp"
#include "tests/support/launching.hpp"

namespace assay::host {
namespace kernel_events_tests {

using namespace std::chrono_literals;
using test::act;

constexpr KernelEvent kTaskClock = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK};  // in nanoseconds
constexpr KernelEvent kPageFaults = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS};
/// No kernel has so many kinds of events.
constexpr KernelEvent kUnknown = {0xffff'fff0, 0};

/// Hardware counters are missing in most virtual machines. Events of the kernel itself take the same way through the
/// launcher, and what they count is known from elsewhere.
class KernelEventsTest : public test::LaunchingTest {
 protected:
  ProcessResult counted(const std::vector<std::string>& verb, const std::vector<KernelEvent>& events) {
    ProcessRequest request = act(verb);
    request.events = events;
    return launcher_.run(request);
  }
  [[nodiscard]] std::string why_unavailable() {
    return counted({"exit", "0"}, {kTaskClock}).event_counts.front().why_not;
  }
};

#define SKIP_WITHOUT_EVENTS() \
  if (const std::string why = why_unavailable(); !why.empty()) GTEST_SKIP() << why

TEST_F(KernelEventsTest, CountsTheChildFromTheStartOfItsProgram) {
  SKIP_WITHOUT_EVENTS();
  const ProcessResult result = counted({"spin", "50"}, {kTaskClock});
  const std::int64_t clock = *result.event_counts.front().count;
  EXPECT_GE(clock, nanoseconds(45ms).count());
  EXPECT_LE(clock, result.usage.wall.count());
}

TEST_F(KernelEventsTest, CountsDescendantsThatTheLauncherReaped) {
  SKIP_WITHOUT_EVENTS();
  EXPECT_GE(*counted({"spin-in-an-orphan", "50"}, {kTaskClock}).event_counts.front().count, nanoseconds(45ms).count());
}

TEST_F(KernelEventsTest, CountsOnlyTheChildOfTheRequest) {
  SKIP_WITHOUT_EVENTS();
  (void)counted({"spin", "100"}, {kTaskClock});
  EXPECT_LT(*counted({"exit", "0"}, {kTaskClock}).event_counts.front().count, nanoseconds(90ms).count());
}

TEST_F(KernelEventsTest, CountsEachEventOnItsOwn) {
  SKIP_WITHOUT_EVENTS();
  const ProcessResult result = counted({"allocate", "40000000"}, {kPageFaults, kUnknown, kTaskClock});
  ASSERT_EQ(result.event_counts.size(), 3U);
  EXPECT_GT(*result.event_counts[0].count, 0);
  // The kernel's own count has the faults of starting the program, too.
  EXPECT_LE(*result.event_counts[0].count, result.usage.minor_faults + result.usage.major_faults);
  EXPECT_EQ(result.event_counts[1].count, std::nullopt);
  EXPECT_NE(result.event_counts[1].why_not, "");
  EXPECT_GT(*result.event_counts[2].count, 0);
}

TEST_F(KernelEventsTest, CountsNothingThatNobodyAskedFor) {
  const ProcessResult result = counted({"exit", "0"}, {});
  EXPECT_TRUE(result.event_counts.empty());
  EXPECT_EQ(result.usage.instructions, std::nullopt);
}

TEST_F(KernelEventsTest, AHardwareMetricHasItsCountOrAReason) {
  for (const std::string name : {"instructions", "cycles", "branch_misses", "cache_misses"}) {
    const ProcessResult result = counted({"spin", "20"}, {*hardware_event(name)});
    const std::optional<double> value = built_in_value(name, result.usage);
    EXPECT_EQ(value.has_value(), result.uncounted.count(name) == 0) << name;
    if (!value) {
      EXPECT_NE(result.uncounted.at(name), "") << name;
    } else if (name != "cache_misses") {
      EXPECT_GT(*value, 100) << name;
    }
  }
}

TEST(KernelEvents, OnlyMetricsOfTheProcessorAreEvents) {
  EXPECT_EQ(hardware_event("wall"), std::nullopt);
  EXPECT_EQ(hardware_event("instructions"), (KernelEvent{PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS}));
}

TEST(KernelEvents, CountsGoIntoTheFieldsOfTheirMetrics) {
  Usage usage;
  const auto missing = keep_hardware_counts({*hardware_event("cycles"), *hardware_event("cache_misses"), kTaskClock},
                                            {{7, ""}, {std::nullopt, "why"}, {9, ""}}, usage);
  EXPECT_EQ(usage.cycles, 7);
  EXPECT_EQ(usage.instructions, std::nullopt);
  EXPECT_EQ(missing, (std::map<std::string, std::string>{{"cache_misses", "why"}}));
}

TEST(KernelEvents, ACounterThatRanForAPartOfTheTimeGivesNoCount) {
  const EventCount counted = event_count({.count = 5, .error = 0, .is_interrupted = true});
  EXPECT_EQ(counted.count, std::nullopt);
  EXPECT_NE(counted.why_not.find("only a part of the trial"), std::string::npos);
}

TEST(KernelEvents, EachRefusalOfTheKernelHasItsOwnReason) {
  EXPECT_EQ(why_no_counter(EACCES, 4),
            "kernel.perf_event_paranoid is 4, which lets only root count events; `sysctl kernel.perf_event_paranoid=2` "
            "lets every user");
  EXPECT_NE(why_no_counter(EPERM, 2).find("seccomp"), std::string::npos);
  EXPECT_NE(why_no_counter(EPERM, std::nullopt).find("seccomp"), std::string::npos);
  EXPECT_NE(why_no_counter(ENOENT, 2).find("hypervisor"), std::string::npos);
  EXPECT_NE(why_no_counter(ENOSYS, std::nullopt).find("this kernel counts no events"), std::string::npos);
  EXPECT_NE(why_no_counter(EMFILE, 2).find("Too many open files"), std::string::npos);
}

}  // namespace kernel_events_tests
}  // namespace assay::host
