#include "core/host/process/simultaneous.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/host/machine/cpus.hpp"
#include "tests/support/launching.hpp"
#include "tests/support/message_of.hpp"

namespace assay::host {
namespace simultaneous_tests {

using namespace std::chrono_literals;
using test::act;

/// What act's print-span tells.
struct Span {
  long start = 0;
  long end = 0;
  int cpu = -1;
  int usable = 0;
};

Span span_of(const ProcessResult& result) {
  Span span;
  std::istringstream(result.standard_output.text) >> span.start >> span.end >> span.cpu >> span.usable;
  return span;
}

class SimultaneousTest : public test::LaunchingTest {
 protected:
  void SetUp() override {
    const std::optional<CpuPair> pair = choose_cpu_pair(usable_cpus());
    if (!pair) GTEST_SKIP() << "it needs two CPUs, and this process may use one";
    cpus_ = *pair;
  }
  std::array<ProcessResult, 2> at_once(ProcessRequest first, ProcessRequest second) {
    first.limits.cpus = {cpus_.first};
    second.limits.cpus = {cpus_.second};
    std::vector<ProcessResult> both =
        run_simultaneously({{launcher_, std::move(first)}, {second_launcher_, std::move(second)}});
    return {std::move(both.at(0)), std::move(both.at(1))};
  }

  CpuPair cpus_;
  Launcher second_launcher_;
};

TEST_F(SimultaneousTest, RunsBothAtOnce) {
  const auto [one, other] = at_once(act({"print-span", "30"}), act({"print-span", "30"}));
  EXPECT_LT(span_of(one).start, span_of(other).end);
  EXPECT_LT(span_of(other).start, span_of(one).end);
}

TEST_F(SimultaneousTest, BindsEachToItsOwnCpu) {
  const auto [one, other] = at_once(act({"print-span", "1"}), act({"print-span", "1"}));
  EXPECT_EQ(span_of(one).cpu, cpus_.first);
  EXPECT_EQ(span_of(other).cpu, cpus_.second);
  EXPECT_EQ(span_of(one).usable, 1);
  EXPECT_EQ(span_of(other).usable, 1);
}

TEST_F(SimultaneousTest, GivesEachItsOwnEndingTimeAndUsage) {
  const auto [spun, ended] = at_once(act({"spin", "60"}), act({"exit", "7"}));
  EXPECT_EQ(std::get<Exited>(spun.ending).code, 0);
  EXPECT_EQ(std::get<Exited>(ended.ending).code, 7);
  EXPECT_GE(spun.usage.user + spun.usage.system, 50ms);
  EXPECT_LT(ended.usage.user + ended.usage.system, 50ms);
  EXPECT_LT(ended.usage.wall, spun.usage.wall);
}

TEST_F(SimultaneousTest, EndsAChildThatHangsAloneAtItsTimeout) {
  ProcessRequest hanging = act({"ignore-term"});
  hanging.timeout = 50ms;
  hanging.stop_steps = {{.signal = SIGTERM, .wait = 20ms}, {.signal = SIGKILL, .wait = 0ms}};
  const auto [timed_out, good] = at_once(std::move(hanging), act({"print-span", "1"}));
  EXPECT_EQ(std::get<TimedOut>(timed_out.ending), TimedOut{50ms});
  EXPECT_EQ(std::get<Exited>(good.ending).code, 0);
}

TEST_F(SimultaneousTest, KnowsWhoseProcessWasLeftRunning) {
  const auto [leaving, clean] = at_once(act({"leave-one"}), act({"print-span", "5"}));
  EXPECT_EQ(leaving.survivors.size(), 1U);
  EXPECT_TRUE(clean.survivors.empty());
}

TEST_F(SimultaneousTest, StopsTheOtherWhereOneCannotBeStarted) {
  ProcessRequest missing = act({});
  missing.argv = {"/no/such/program"};
  EXPECT_THAT(test::message_of([&] { (void)at_once(missing, act({"wait"})); }), testing::HasSubstr("/no/such/program"));
  EXPECT_THAT(test::message_of([&] { (void)at_once(act({"wait"}), missing); }), testing::HasSubstr("/no/such/program"));
}

}  // namespace simultaneous_tests
}  // namespace assay::host
