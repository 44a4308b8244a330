#include "experiments/attempt/worker.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "core/host/machine/machine.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/engine/slurm/spool.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::attempt {
namespace worker_tests {

using engine::BlockKey;
using engine::Claimant;
using engine::Spool;

/// A spool as a coordinator leaves it, with one generation of one block.
class RunWorker : public testing::Test {
 protected:
  RunWorker() {
    const char* const before = std::getenv("ASSAY_LOCK_DIR");
    locks_before_ = before == nullptr ? "" : before;
    ::setenv("ASSAY_LOCK_DIR", folder.path().c_str(), 1);
    ::setenv("SLURMD_NODENAME", "n7", 1);
    plan.rules = kNewestRules;
  }
  ~RunWorker() override {
    ::unsetenv("SLURMD_NODENAME");
    if (locks_before_.empty()) {
      ::unsetenv("ASSAY_LOCK_DIR");
    } else {
      ::setenv("ASSAY_LOCK_DIR", locks_before_.c_str(), 1);
    }
  }

  Spool make_spool() const {
    const std::string sha256 = host::sha256(formats::plan_json(plan));
    Spool spool(folder / "spool", sha256);
    spool.make(plan, "/bin/true");
    spool.keep_generation(
        {.number = 1, .job_name = "assay-g1", .orders = {design::block_order(plan, 0, 1, 0, {0, 1})}});
    return spool;
  }
  static WorkerEnd work(const Spool& spool, std::size_t task = 0) {
    return run_worker({.spool = spool.folder(),
                       .plan_sha256 = spool.plan_sha256(),
                       .generation = 1,
                       .task = task,
                       .answer_to_signal = ""});
  }

  const BlockKey key{.cell = 0, .number = 1, .rerun = 0};
  test::ScratchFolder folder;
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"true"});

 private:
  std::string locks_before_;
};

TEST_F(RunWorker, HandsTheBlockInWithItsNode) {
  const Spool spool = make_spool();
  EXPECT_EQ(work(spool), WorkerEnd::handed_in);
  const auto results = spool.results();
  ASSERT_EQ(results.size(), 1U);
  const engine::TaskResult result = spool.result(key, results.at("c0-b1-r0").front()).value();
  EXPECT_EQ(result.node, "n7");
  ASSERT_EQ(result.block.trials.size(), 2U);
  EXPECT_TRUE(is_measured(result.block.trials.front().outcome));
  EXPECT_EQ(spool.nodes().front().name, "n7");
}

TEST_F(RunWorker, RunsTheArmsInTheOrderThatWasDrawn) {
  const Spool spool = make_spool();
  (void)work(spool);
  const engine::TaskResult result = spool.result(key, spool.results().at("c0-b1-r0").front()).value();
  std::vector<ArmIndex> arms;
  for (const Trial& trial : result.block.trials) arms.push_back(trial.arm);
  EXPECT_EQ(arms, spool.generation(1).orders.front().arms);
}

TEST_F(RunWorker, ClaimsTheBlockBeforeItsFirstTrial) {
  const Spool spool = make_spool();
  (void)work(spool);
  const engine::Claim claim = spool.claimed(key, 1).value();
  EXPECT_EQ(claim.claimant, Claimant::task);
  EXPECT_EQ(claim.node, "n7");
  EXPECT_TRUE(claim.block.value().broken_off);
}

TEST_F(RunWorker, RunsNoBlockTwiceInAGeneration) {
  const Spool spool = make_spool();
  (void)work(spool);
  EXPECT_EQ(work(spool), WorkerEnd::not_wanted);
  EXPECT_EQ(spool.results().at("c0-b1-r0").size(), 1U);
}

TEST_F(RunWorker, RunsNothingThatNobodyWaitsForAnyMore) {
  const Spool spool = make_spool();
  ASSERT_TRUE(spool.claim(key, 1, {.claimant = Claimant::missing}));
  EXPECT_EQ(work(spool), WorkerEnd::not_wanted);
  EXPECT_TRUE(spool.results().empty());
}

TEST_F(RunWorker, HandsInAFailedTrialAsData) {
  plan.workloads[0].command = {"false"};
  const Spool spool = make_spool();
  EXPECT_EQ(work(spool), WorkerEnd::handed_in);
  const engine::TaskResult result = spool.result(key, spool.results().at("c0-b1-r0").front()).value();
  EXPECT_EQ(result.block.trials.front().outcome, assay::Outcome(Exited{1}));
}

TEST_F(RunWorker, HandsInWhyABlockCouldNotBeRun) {
  plan.workloads[0].hooks.setup = {"false"};
  const Spool spool = make_spool();
  EXPECT_EQ(work(spool), WorkerEnd::handed_in);
  EXPECT_TRUE(spool.results().empty());
  const engine::TaskFailure failure = spool.failure(spool.failures().at("c0-b1-r0").front()).value();
  EXPECT_EQ(failure.kind, ErrorKind::invalid);
  EXPECT_FALSE(failure.is_final);
  EXPECT_EQ(spool.claimed(key, 1), std::nullopt);
}

TEST_F(RunWorker, RefusesAProcessorOfAnotherModel) {
  const Spool spool = make_spool();
  ASSERT_EQ(spool.first_cpu_model("another processor"), "another processor");
  EXPECT_EQ(work(spool), WorkerEnd::handed_in);
  const engine::TaskFailure failure = spool.failure(spool.failures().at("c0-b1-r0").front()).value();
  EXPECT_TRUE(failure.is_final);
  EXPECT_NE(failure.message.find("--mixed-cpus"), std::string::npos);
}

TEST_F(RunWorker, TakesAnyProcessorIfThatIsAllowed) {
  const Spool spool = make_spool();
  ASSERT_EQ(spool.first_cpu_model("another processor"), "another processor");
  engine::Generation generation = spool.generation(1);
  generation.mixed_cpus = true;
  spool.keep_generation(generation);
  (void)work(spool);
  EXPECT_EQ(spool.results().size(), 1U);
}

TEST_F(RunWorker, RefusesATaskThatTheArrayDoesNotHave) {
  const Spool spool = make_spool();
  EXPECT_EQ(test::message_of([&] { (void)work(spool, 1); }), "generation 1 has no task 1: its tasks are 0 to 0");
}

}  // namespace worker_tests
}  // namespace assay::attempt
