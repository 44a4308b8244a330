#include "experiments/adversary/challenge_plan.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay::adversary {
namespace challenge_plan_tests {

/// A record of two workloads and an abba design, of which "work" is claimed to be twice as fast.
ChallengeTarget target_of(ClaimedEffect effect) {
  Plan plan;
  plan.id = "pool";
  plan.variable = {.kind = VariableKind::env,
                   .name = "MODE",
                   .levels = {{"sleep", EnvironmentLevel{"sleep"}}, {"poll", EnvironmentLevel{"poll"}}}};
  plan.states = {{"warm", 1}};
  plan.workloads.resize(2);
  plan.workloads[0].name = "work";
  plan.workloads[0].pass = {"TOOLS"};
  plan.workloads[1].name = "other";
  plan.metrics = {*find_built_in_metric("wall")};
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{3};
  plan.protocol.design = Design::abba;
  plan.protocol.max_blocks = 12;
  plan.protocol.kappa = 0.25;
  plan.folder = "/home/alice/lab";
  plan.environment = {{"PATH", "/alice"}, {"HOME", "/home/alice"}};
  ChallengeTarget target;
  target.stated_by.sha256 = "c";
  target.claim.workload = "work";
  target.claim.state = "warm";
  target.claim.control = "sleep";
  target.claim.treatment = "poll";
  target.claim.metric = {"wall", "s", Direction::lower};
  target.claim.effect = effect;
  target.claim.plan = plan;
  return target;
}

ChallengeContext context() {
  return {.folder = "/tmp/xyz/w",
          .home = "/tmp/xyz/h",
          .environment = {{"PATH", "/bin"}, {"TOOLS", "/opt"}, {"TOKEN", "secret"}, {"SSH_AUTH_SOCK", "/s"}},
          .hmac = [](std::string_view) { return std::string("hashed"); },
          .environment_name = "local",
          .seed = Seed(9),
          .cap = std::nullopt};
}

TEST(ChallengePlan, MeasuresColdStatesOfTheClaimedWorkloadTooAndInNoOther) {
  ChallengeTarget target = target_of(ClaimedRatio{2});
  Plan& claimed = *target.claim.plan;
  claimed.states = {{.name = "cold", .evict = {"*.db"}}, {.name = "warm"}, {.name = "warmer", .warmup = 3}};
  for (Workload& workload : claimed.workloads) workload.states = {"cold", "warm", "warmer"};
  EXPECT_EQ(challenge_plan(target, context()).workloads.front().states, (std::vector<std::string>{"warm", "cold"}));
  ChallengeContext with_own = context();
  with_own.own_workloads = {claimed.workloads.front()};
  with_own.own_workloads.front().name = "mine";
  EXPECT_EQ(challenge_plan(target, with_own).workloads.back().states, (std::vector<std::string>{"warm"}));
  target.claim.state = "cold";
  EXPECT_EQ(challenge_plan(target, context()).workloads.front().states, (std::vector<std::string>{"cold"}));
}

/// The record that the claim rests on: its control takes so long, or runs into the timeout.
Record record_of(const ChallengeTarget& target, nanoseconds wall) {
  Record record;
  record.plan = *target.claim.plan;
  for (int number = 1; number <= 6; ++number) {
    Block block;
    block.number = number;
    for (const ArmIndex arm : {ArmIndex{0}, ArmIndex{1}}) {
      Trial trial;
      trial.arm = arm;
      trial.usage.wall = arm == 0 ? wall : std::chrono::seconds(100);
      block.trials.push_back(trial);
    }
    record.blocks.push_back(block);
  }
  return record;
}

TEST(ChallengePlan, RaisesATimeoutBelowThreeOfControlsMediansAndSaysSo) {
  ChallengeTarget target = target_of(ClaimedRatio{2});
  for (Workload& workload : target.claim.plan->workloads) workload.timeout = std::chrono::seconds(10);
  target.record = record_of(target, std::chrono::milliseconds(11'700));
  target.claim.plan.reset();
  const Plan raised = challenge_plan(target, context());
  EXPECT_EQ(raised.workloads.front().timeout, std::chrono::seconds(36));
  const std::string said = raised_timeout_text(target, raised);
  EXPECT_NE(said.find("3 times control's median"), std::string::npos) << said;
  target.record = record_of(target_of(ClaimedRatio{2}), std::chrono::seconds(2));
  const Plan kept = challenge_plan(target, context());
  EXPECT_EQ(kept.workloads.front().timeout, target.record->plan.workloads.front().timeout);
  EXPECT_EQ(raised_timeout_text(target, kept), "");
}

TEST(ChallengePlan, KeepsWhatTheClaimWasMeasuredByInItsOneCell) {
  const Plan plan = challenge_plan(target_of(ClaimedRatio{2}), context());
  ASSERT_EQ(plan.workloads.size(), 1U);
  EXPECT_EQ(plan.workloads.front().name, "work");
  EXPECT_EQ(plan.metrics.front().margin->value, 3);
  EXPECT_EQ(plan.protocol.kappa, 0.25);
  EXPECT_EQ(plan.protocol.design, Design::blocks);
  EXPECT_EQ(plan.seed, Seed(9));
  EXPECT_TRUE(plan.exploratory);
}

TEST(ChallengePlan, AddsControlAgainAndControlWithAPlantedChange) {
  const Plan plan = challenge_plan(target_of(ClaimedRatio{2}), context());
  ASSERT_EQ(plan.variable.levels.size(), 4U);
  EXPECT_EQ(plan.variable.levels[kControlAgain].value, plan.variable.levels[kControl].value);
  EXPECT_EQ(plan.variable.levels[kControlDelayed].value, plan.variable.levels[kControl].value);
  EXPECT_EQ(plan.challenge->planted_percent, 3);  // the margin: half of the claimed 100 % is more
  EXPECT_NEAR(challenge_plan(target_of(ClaimedRatio{1.04}), context()).challenge->planted_percent, 2, 1e-9);
  EXPECT_EQ(challenge_plan(target_of(ClaimedRate{1, 0.9}), context()).variable.levels.size(), 2U);
}

TEST(ChallengePlan, PlantsNoMoreThanTheLossThatIsClaimedNotToBeThere) {
  EXPECT_EQ(challenge_plan(target_of(ClaimedNotWorse{1}), context()).challenge->planted_percent, 1);
  EXPECT_EQ(challenge_plan(target_of(ClaimedNotWorse{8}), context()).challenge->planted_percent, 3);  // the margin
}

template <class Kind>
std::vector<const Kind*> checks_of(const Plan& plan) {
  std::vector<const Kind*> kinds;
  for (const Check& check : plan.checks) {
    if (const auto* const kind = std::get_if<Kind>(&check.kind)) kinds.push_back(kind);
  }
  return kinds;
}

TEST(ChallengePlan, AsksACorrectRevisionForWhatItsExperimentDoesNotAsk) {
  ChallengeTarget target = target_of(ClaimedCorrectness{});
  const Plan plain = challenge_plan(target, context());
  EXPECT_EQ(checks_of<NoLeaksCheck>(plain).size(), 1U);
  EXPECT_TRUE(checks_of<IsolationCheck>(plain).empty());  // nobody says what stays the same
  target.claim.plan->checks = {{"same page", SameOutputCheck{.file = "", .normalise = {"sed", "s/1/2/"}}, {}}};
  const Plan compared = challenge_plan(target, context());
  ASSERT_EQ(checks_of<IsolationCheck>(compared).size(), 1U);
  EXPECT_EQ(checks_of<IsolationCheck>(compared).front()->normalise, (Argv{"sed", "s/1/2/"}));
  EXPECT_TRUE(checks_of<NoLeaksCheck>(challenge_plan(target_of(ClaimedRatio{2}), context())).empty());
}

TEST(ChallengePlan, KeepsTheChecksThatTheExperimentDeclares) {
  ChallengeTarget target = target_of(ClaimedCorrectness{});
  target.claim.plan->checks = {{"no leaks", NoLeaksCheck{.watch = {"/srv"}, .list = {}, .ignore = {}}, {"work"}},
                               {"apart", IsolationCheck{.file = ""}, {}}};
  EXPECT_EQ(challenge_plan(target, context()).checks, target.claim.plan->checks);
}

TEST(ChallengePlan, LetsTrialsSeeOnlyPathHomeAndWhatTheExperimentNames) {
  const Plan plan = challenge_plan(target_of(ClaimedRatio{2}), context());
  EXPECT_EQ(plan.environment,
            (std::map<std::string, std::string>{{"PATH", "/bin"}, {"HOME", "/tmp/xyz/h"}, {"TOOLS", "/opt"}}));
}

TEST(ChallengePlan, NeverStopsWhereTheClaimantDid) {
  ChallengeTarget target = target_of(ClaimedRatio{2});
  EXPECT_EQ(challenge_cap(target), 60);
  target.record.emplace();
  target.record->plan = *target.claim.plan;
  target.record->result.blocks = 45;
  EXPECT_EQ(challenge_cap(target), 90);
}

TEST(ChallengePlan, RefusesAPlanThatHidesAValue) {
  ChallengeTarget target = target_of(ClaimedRatio{2});
  target.claim.plan->workloads[0].set_hmac = {{"API_KEY", "hashed"}};
  EXPECT_THROW((void)challenge_plan(target, context()), Error);
}

TEST(ChallengePlan, RefusesAPlanWithoutTheClaimedWorkload) {
  ChallengeTarget target = target_of(ClaimedRatio{2});
  target.claim.workload = "gone";
  EXPECT_THROW((void)challenge_plan(target, context()), Error);
}

TEST(ChallengePlan, MeasuresWorkloadsOfTheChallengerBesideTheClaims) {
  ChallengeTarget target = target_of(ClaimedRatio{2});
  Metric limited;
  limited.name = "rows";
  limited.source = JsonSource{"/rows"};
  limited.workloads = {"work"};
  Metric control = limited;
  control.name = "phase connect";
  control.role = MetricRole::control;
  target.claim.plan->metrics.push_back(limited);
  target.claim.plan->metrics.push_back(control);
  ChallengeContext with_own = context();
  with_own.own_workloads.resize(1);
  with_own.own_workloads[0].name = "mine";
  with_own.own_workloads[0].states = {"elsewhere"};
  const Plan plan = challenge_plan(target, with_own);
  ASSERT_EQ(plan.workloads.size(), 2U);
  EXPECT_EQ(plan.workloads[0].name, "work");
  EXPECT_EQ(plan.workloads[1].name, "mine");
  EXPECT_EQ(plan.workloads[1].states, plan.workloads[0].states);
  EXPECT_EQ(plan.workloads[1].environment, EnvironmentPolicy::clean);
  EXPECT_EQ(plan.challenge->own_workloads, (std::vector<std::string>{"mine"}));
  EXPECT_EQ(plan.metrics[1].workloads, (std::vector<std::string>{"work", "mine"}));
  EXPECT_EQ(plan.metrics[2].workloads, (std::vector<std::string>{"work"}));
}

}  // namespace challenge_plan_tests
}  // namespace assay::adversary
