#include "core/host/process/duet.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/host/machine/cpus.hpp"
#include "tests/support/launching.hpp"
#include "tests/support/message_of.hpp"

namespace assay::host {
namespace duet_tests {

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

class DuetTest : public test::LaunchingTest {
 protected:
  void SetUp() override {
    const std::optional<CpuPair> pair = choose_cpu_pair(usable_cpus());
    if (!pair) GTEST_SKIP() << "a duet needs two CPUs, and this process may use one";
    cpus_ = *pair;
  }
  std::array<ProcessResult, 2> duet(ProcessRequest first, ProcessRequest second) {
    first.limits.cpus = {cpus_.first};
    second.limits.cpus = {cpus_.second};
    return run_duet({{{launcher_, std::move(first)}, {second_launcher_, std::move(second)}}});
  }

  CpuPair cpus_;
  Launcher second_launcher_;
};

TEST_F(DuetTest, RunsBothAtOnce) {
  const auto [one, other] = duet(act({"print-span", "30"}), act({"print-span", "30"}));
  EXPECT_LT(span_of(one).start, span_of(other).end);
  EXPECT_LT(span_of(other).start, span_of(one).end);
}

TEST_F(DuetTest, BindsEachToItsOwnCpu) {
  const auto [one, other] = duet(act({"print-span", "1"}), act({"print-span", "1"}));
  EXPECT_EQ(span_of(one).cpu, cpus_.first);
  EXPECT_EQ(span_of(other).cpu, cpus_.second);
  EXPECT_EQ(span_of(one).usable, 1);
  EXPECT_EQ(span_of(other).usable, 1);
}

TEST_F(DuetTest, GivesEachItsOwnEndingTimeAndUsage) {
  const auto [spun, ended] = duet(act({"spin", "60"}), act({"exit", "7"}));
  EXPECT_EQ(std::get<Exited>(spun.ending).code, 0);
  EXPECT_EQ(std::get<Exited>(ended.ending).code, 7);
  EXPECT_GE(spun.usage.user + spun.usage.system, 50ms);
  EXPECT_LT(ended.usage.user + ended.usage.system, 50ms);
  EXPECT_LT(ended.usage.wall, spun.usage.wall);
}

TEST_F(DuetTest, EndsAChildThatHangsAloneAtItsTimeout) {
  ProcessRequest hanging = act({"ignore-term"});
  hanging.timeout = 50ms;
  hanging.stop_steps = {{.signal = SIGTERM, .wait = 20ms}, {.signal = SIGKILL, .wait = 0ms}};
  const auto [timed_out, good] = duet(std::move(hanging), act({"print-span", "1"}));
  EXPECT_EQ(std::get<TimedOut>(timed_out.ending), TimedOut{50ms});
  EXPECT_EQ(std::get<Exited>(good.ending).code, 0);
}

TEST_F(DuetTest, KnowsWhoseProcessWasLeftRunning) {
  const auto [leaving, clean] = duet(act({"leave-one"}), act({"print-span", "5"}));
  EXPECT_EQ(leaving.survivors.size(), 1U);
  EXPECT_TRUE(clean.survivors.empty());
}

TEST_F(DuetTest, StopsTheOtherWhereOneCannotBeStarted) {
  ProcessRequest missing = act({});
  missing.argv = {"/no/such/program"};
  EXPECT_THAT(test::message_of([&] { (void)duet(missing, act({"wait"})); }), testing::HasSubstr("/no/such/program"));
  EXPECT_THAT(test::message_of([&] { (void)duet(act({"wait"}), missing); }), testing::HasSubstr("/no/such/program"));
}

}  // namespace duet_tests
}  // namespace assay::host
