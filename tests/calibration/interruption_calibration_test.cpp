#include <cmath>
#include <cstdlib>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "experiments/engine/simulated_engine.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/session/session.hpp"
#include "tests/support/small_plan.hpp"

// Error rates of attempts that were stopped again and again and taken up again: of whole sessions, with their journal,
// on the simulated engine.

namespace assay::planning {
namespace interruption_calibration_tests {

/// Remembers how the last block went.
class LastBlock final : public session::SessionObserver {
 public:
  void step(std::string_view) override {}
  void block_finished(const Block& block, const decide::AttemptAnalysis&) override {
    last = block;
    ++blocks;
  }
  void note(std::string_view) override {}

  Block last;
  int blocks = 0;
};

/// Whether someone asks to stop after this block.
using Interrupter = std::function<bool(const Block&)>;

/// At one block in six.
Interrupter at_random(Seed seed) {
  return [generator = seed.stream(Stream::trials)](const Block&) mutable { return generator.below(6) == 0; };
}

/// Whenever treatment does badly: what somebody does who hopes for a better time.
bool when_treatment_looks_bad(const Block& block) {
  double control = 0;
  double treatment = 0;
  for (const Trial& trial : block.trials) (trial.arm == kControl ? control : treatment) = *trial.values[0];
  return treatment > control;
}

/// A/A with an improvement by any interval beyond 0: at kappa 1/2 a false one is too rare to be counted.
Plan plan_of_attempt(int number) {
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"true"});
  plan.protocol.max_blocks = 30;
  plan.protocol.attempts = 1;
  plan.protocol.kappa = 0;
  plan.metrics[0].margin = Percent{0.01};  // so that no attempt ends by equivalence, and none is too small to count
  plan.simulation.emplace();
  plan.seed = Seed(31).derive(Stream::trials, static_cast<std::uint64_t>(number));
  return plan;
}

struct PlayedSession {
  AttemptResult result;
  std::vector<std::string> blocks;
  int interruptions = 0;
};

PlayedSession play(const Plan& plan, const Interrupter& interrupter) {
  host::Journal journal = host::Journal::in_memory();
  host::AttemptRow row;
  row.plan_json = formats::plan_json(plan);
  const host::AttemptId attempt = journal.open_attempt(row);
  PlayedSession played;
  for (;;) {
    LastBlock observer;
    engine::SimulatedEngine engine({.plan = plan, .lock_path = "", .step = [](std::string_view) {}});
    int asked_at = 0;
    bool stopping = false;
    const engine::StopSignal stop = [&] {
      // Asked several times after one block; the interrupter is asked once.
      if (observer.blocks > asked_at) {
        asked_at = observer.blocks;
        stopping = stopping || interrupter(observer.last);
      }
      return stopping ? engine::StopRequest::after_block : engine::StopRequest::none;
    };
    const session::SessionEnd end = session::run_attempt(plan, attempt, journal, engine, observer, stop);
    played.result = end.result;
    if (!end.interrupted) break;
    ++played.interruptions;
  }
  played.blocks = journal.blocks(attempt);
  return played;
}

int attempts() {
  return std::getenv("ASSAY_CALIBRATION_LONG") != nullptr ? 10'000 : 300;
}

/// Nominal plus three standard errors.
double at_most(double nominal) {
  return nominal + 3 * std::sqrt(nominal * (1 - nominal) / attempts());
}

class InterruptedAttempts : public testing::TestWithParam<const char*> {};

TEST_P(InterruptedAttempts, EndAsUndisturbedOnesDoAndKeepTheErrorRate) {
  int claims = 0;
  int interruptions = 0;
  for (int number = 0; number < attempts(); ++number) {
    const Plan plan = plan_of_attempt(number);
    const bool random = std::string(GetParam()) == "AtRandom";
    const PlayedSession interrupted = play(plan, random ? at_random(plan.seed) : when_treatment_looks_bad);
    const PlayedSession undisturbed = play(plan, [](const Block&) { return false; });
    ASSERT_EQ(interrupted.blocks, undisturbed.blocks) << number;
    ASSERT_EQ(interrupted.result, undisturbed.result) << number;
    interruptions += interrupted.interruptions;
    claims +=
        interrupted.result.verdict == Verdict::improved || interrupted.result.verdict == Verdict::regressed ? 1 : 0;
  }
  const double share = static_cast<double>(claims) / attempts();
  RecordProperty("claims_percent", std::to_string(100 * share));
  EXPECT_LE(share, at_most(0.05));
  EXPECT_GE(interruptions, 2 * attempts());
}

INSTANTIATE_TEST_SUITE_P(Session, InterruptedAttempts, testing::Values("AtRandom", "WhenTreatmentLooksBad"),
                         [](const auto& named) { return std::string(named.param); });

}  // namespace interruption_calibration_tests
}  // namespace assay::planning
