#include "experiments/attempt/requirements/requirements.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay::attempt {
namespace requirements_tests {

/// One workload, wall time with a margin of 10 %, a guard, a check of output and one for leaks.
Plan plan() {
  Plan plan;
  plan.id = "poll";
  plan.variable.kind = VariableKind::env;
  plan.variable.name = "FAST";
  plan.variable.levels = {{"control", EnvironmentLevel{"0"}}, {"treatment", EnvironmentLevel{"1"}}};
  plan.states = {{"warm", 1}};
  plan.workloads.resize(1);
  plan.workloads[0].name = "work";
  plan.workloads[0].command = {"./work.sh"};
  plan.metrics = {*find_built_in_metric("wall"), *find_built_in_metric("max_rss")};
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{10};
  plan.metrics[1].role = MetricRole::guard;
  plan.metrics[1].margin = Percent{5};
  plan.checks = {{"same", SameOutputCheck{"out.txt"}, {}}, {"leaks", NoLeaksCheck{{}, {}, {"cache"}}, {}}};
  return plan;
}

/// An attempt of that plan that measured both arms and met every requirement.
EarlierAttempt earlier(const Plan& planned = plan()) {
  EarlierAttempt attempt{"0001-poll", planned, blank_result(planned)};
  attempt.result.blocks = 6;
  Comparison comparison = blank_comparison(planned, 0, 1);
  for (const Metric& metric : planned.metrics) {
    MetricResult result;
    result.metric = metric;
    result.control.count = result.treatment.count = 6;
    result.effect.emplace();
    if (metric.role == MetricRole::guard) result.guard = GuardStatus::passed;
    comparison.metrics.push_back(result);
  }
  for (const Check& check : planned.checks) {
    CheckResult result;
    result.name = check.name;
    comparison.checks.push_back(result);
  }
  attempt.result.comparisons = {comparison};
  return attempt;
}

/// An attempt in whose treatment the first check failed.
EarlierAttempt with_failed_check(int in_control, int in_treatment) {
  EarlierAttempt attempt = earlier();
  CheckResult& check = attempt.result.comparisons[0].checks[0];
  check.passed = false;
  check.failed_control = in_control;
  check.failed_treatment = in_treatment;
  return attempt;
}

RequirementChange only_change(const Plan& now, const EarlierAttempt& before) {
  const std::vector<RequirementChange> changes = requirement_changes(now, {before});
  EXPECT_EQ(changes.size(), 1U);
  return changes.empty() ? RequirementChange{} : changes.front();
}

TEST(Requirements, AnUnchangedPlanChangesNothing) {
  EXPECT_TRUE(requirement_changes(plan(), {earlier()}).empty());
}

TEST(Requirements, AnAttemptWithoutACompleteBlockBindsNobody) {
  EarlierAttempt before = with_failed_check(0, 6);
  before.result.blocks = 0;
  Plan now = plan();
  now.checks.clear();
  EXPECT_TRUE(requirement_changes(now, {before}).empty());
}

TEST(Requirements, ACheckThatFailedIsNotLeftOut) {
  Plan now = plan();
  now.checks.erase(now.checks.begin());
  const RequirementChange change = only_change(now, with_failed_check(0, 6));
  EXPECT_EQ(label_of(change), "check:same");
  EXPECT_EQ(change.standing, EarlierStanding::failed);
  EXPECT_EQ(change.earlier, "0001-poll");
}

TEST(Requirements, ACheckThatPassedMayBeLeftOutButIsReported) {
  Plan now = plan();
  now.checks.erase(now.checks.begin());
  EXPECT_FALSE(needs_allowance(only_change(now, earlier())));
}

TEST(Requirements, ACheckThatNoTrialReachedIsNotLeftOut) {
  EarlierAttempt before = earlier();
  for (MetricResult& metric : before.result.comparisons[0].metrics) metric.treatment.count = 0;
  Plan now = plan();
  now.checks.erase(now.checks.begin());
  EXPECT_EQ(only_change(now, before).standing, EarlierStanding::not_evaluated);
}

TEST(Requirements, ACheckThatFailedInBothArmsMayBeMended) {
  Plan now = plan();
  now.checks[0].kind = SameOutputCheck{"other.txt"};
  EarlierAttempt before = with_failed_check(6, 6);
  for (MetricResult& metric : before.result.comparisons[0].metrics) metric.treatment.count = 0;
  EXPECT_FALSE(needs_allowance(only_change(now, before)));
}

TEST(Requirements, ACheckThatFailedOnlyInTreatmentIsNotMended) {
  Plan now = plan();
  now.checks[0].kind = CommandCheck{{"true"}};
  EXPECT_EQ(only_change(now, with_failed_check(0, 6)).standing, EarlierStanding::failed);
}

TEST(Requirements, AnotherNameForACheckIsNoChange) {
  Plan now = plan();
  now.checks[0].name = "output";
  EXPECT_TRUE(requirement_changes(now, {with_failed_check(0, 6)}).empty());
}

TEST(Requirements, ACheckThatIsLimitedToSomeWorkloadsIsAnotherOne) {
  Plan now = plan();
  now.checks[0].workloads = {"idle"};
  EXPECT_EQ(only_change(now, with_failed_check(0, 6)).standing, EarlierStanding::failed);
}

TEST(Requirements, AFilterOfAFailedCheckIsNotChanged) {
  Plan now = plan();
  std::get<SameOutputCheck>(now.checks[0].kind).normalise = {"sort", "-u"};
  const RequirementChange change = only_change(now, with_failed_check(1, 6));
  EXPECT_EQ(change.requirement, Requirement::normaliser);
  EXPECT_EQ(change.was, "none");
  EXPECT_EQ(change.is, "sort -u");
  EXPECT_EQ(change.standing, EarlierStanding::failed);
}

TEST(Requirements, ALargerBudgetMustBeAllowed) {
  Plan before = plan();
  before.budget.memory = Bytes{1'000'000};
  Plan now = before;
  now.budget.memory = Bytes{2'000'000};
  const RequirementChange change = only_change(now, earlier(before));
  EXPECT_EQ(label_of(change), "budget:memory");
  EXPECT_EQ(change.was, "1.00 MB");
  EXPECT_EQ(change.is, "2.00 MB");
  EXPECT_TRUE(needs_allowance(change));
  now.budget = {};
  EXPECT_EQ(only_change(now, earlier(before)).is, "no limit");
}

TEST(Requirements, ASmallerBudgetIsNoChange) {
  Plan now = plan();
  now.budget.cpus = 2;
  EXPECT_TRUE(requirement_changes(now, {earlier()}).empty());
}

TEST(Requirements, LeaksMayNotBeIgnoredMoreWidely) {
  Plan now = plan();
  std::get<NoLeaksCheck>(now.checks[1].kind).ignore = {"cache", "*"};
  EXPECT_EQ(only_change(now, earlier()).standing, EarlierStanding::loosened);
  std::get<NoLeaksCheck>(now.checks[1].kind).ignore = {};
  EXPECT_TRUE(requirement_changes(now, {earlier()}).empty());
}

TEST(Requirements, NoMoreTestsMayBeIgnoredThanBefore) {
  Plan before = plan();
  before.checks.push_back({"tests", TestInventoryCheck{.file = "report.xml", .ignore = {"seed *"}}, {}});
  Plan now = before;
  std::get<TestInventoryCheck>(now.checks[2].kind).ignore = {"*"};
  const RequirementChange wider = only_change(now, earlier(before));
  EXPECT_EQ(label_of(wider), "ignore:tests");
  EXPECT_EQ(wider.standing, EarlierStanding::loosened);
  std::get<TestInventoryCheck>(now.checks[2].kind).ignore = {};
  EXPECT_TRUE(requirement_changes(now, {earlier(before)}).empty());
}

TEST(Requirements, TheFilterOfATestReportIsARequirementOfItsOwn) {
  Plan before = plan();
  before.checks.push_back({"tests", TestInventoryCheck{.file = "report.xml"}, {}});
  Plan now = before;
  std::get<TestInventoryCheck>(now.checks[2].kind).normalise = {"sed", "s/FAIL/ok/"};
  const RequirementChange change = only_change(now, earlier(before));
  EXPECT_EQ(label_of(change), "normaliser:tests");
  EXPECT_EQ(change.is, "sed s/FAIL/ok/");
}

TEST(Requirements, AnOpenGuardIsNotLeftOut) {
  EarlierAttempt before = earlier();
  before.result.comparisons[0].metrics[1].guard = GuardStatus::open;
  Plan now = plan();
  now.metrics[1].role = MetricRole::observed;
  const RequirementChange change = only_change(now, before);
  EXPECT_EQ(label_of(change), "guard:max_rss");
  EXPECT_EQ(change.standing, EarlierStanding::open);
}

TEST(Requirements, AGuardsMarginMayShrinkButNotGrow) {
  Plan now = plan();
  now.metrics[1].margin = Percent{30};
  EXPECT_EQ(label_of(only_change(now, earlier())), "guard-margin:max_rss");
  now.metrics[1].margin = Percent{1};
  EXPECT_TRUE(requirement_changes(now, {earlier()}).empty());
  now.metrics[1].margin.reset();  // it then only vetoes
  EXPECT_TRUE(needs_allowance(only_change(now, earlier())));
}

TEST(Requirements, ASmallerMarginIsLessForAnImprovement) {
  Plan now = plan();
  now.metrics[0].margin = Percent{1};
  EXPECT_EQ(label_of(only_change(now, earlier())), "margin");
  now.metrics[0].margin = Percent{20};
  EXPECT_TRUE(requirement_changes(now, {earlier()}).empty());
}

TEST(Requirements, ALargerMarginIsLessForNotWorse) {
  Plan before = plan();
  before.protocol.goal = Goal::not_worse;
  Plan now = before;
  now.metrics[0].margin = Percent{30};
  EXPECT_EQ(only_change(now, earlier(before)).was, "10 %");
  now.metrics[0].margin = Percent{3};
  EXPECT_TRUE(requirement_changes(now, {earlier(before)}).empty());
}

TEST(Requirements, AnotherGoalIsLess) {
  Plan now = plan();
  now.protocol.goal = Goal::not_worse;
  EXPECT_EQ(label_of(only_change(now, earlier())), "goal");
}

TEST(Requirements, KappaConfirmationAndAlphaOfEquivalenceAreNotLoosened) {
  Plan before = plan();
  before.protocol.kappa = 1;
  before.protocol.confirm = 10;
  Plan now = before;
  now.protocol.kappa = 0;
  now.protocol.confirm.reset();
  now.protocol.alpha_equivalence = 0.2;
  std::vector<std::string> labels;
  for (const RequirementChange& change : requirement_changes(now, {earlier(before)})) {
    EXPECT_TRUE(needs_allowance(change));
    labels.push_back(label_of(change));
  }
  EXPECT_EQ(labels, (std::vector<std::string>{"kappa", "alpha-equivalence", "confirm"}));
}

TEST(Requirements, AConditionThatFailedIsNotLeftOut) {
  Plan before = plan();
  before.variable.reached = MetricCondition{"max_rss", Comparator::more, 1, "max_rss > 1 B"};
  EarlierAttempt attempt = earlier(before);
  attempt.result.reason = VerdictReason::did_not_act;
  EXPECT_EQ(only_change(plan(), attempt).standing, EarlierStanding::failed);
  attempt.result.reason = VerdictReason::noise;
  EXPECT_EQ(only_change(plan(), attempt).standing, EarlierStanding::held);
}

TEST(Requirements, IsolationThatAwaitsItsChallengeIsNotLeftOut) {
  Plan before = plan();
  before.variable.shares = true;
  EarlierAttempt attempt = earlier(before);
  attempt.result.decision_reason = DecisionReason::isolation;
  EXPECT_EQ(only_change(plan(), attempt).standing, EarlierStanding::open);
}

TEST(Requirements, ATimeoutThatOnlyTreatmentMissedIsNotRaised) {
  Plan now = plan();
  now.workloads[0].timeout = std::chrono::hours(9);
  now.workloads[0].name = "toil";  // found again by what it does
  EarlierAttempt before = earlier();
  before.result.failed_treatment = 3;
  EXPECT_EQ(label_of(only_change(now, before)), "timeout:work");
  EXPECT_TRUE(needs_allowance(only_change(now, before)));
  before.result.failed_control = 3;
  EXPECT_FALSE(needs_allowance(only_change(now, before)));
}

TEST(Requirements, TheStrictestEarlierAttemptBinds) {
  Plan strict = plan();
  strict.metrics[0].margin = Percent{30};
  EarlierAttempt second = earlier();
  second.name = "0002-poll";
  Plan now = plan();
  now.metrics[0].margin = Percent{5};
  const auto changes = requirement_changes(now, {earlier(strict), second});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].was, "30 %");
}

TEST(Requirements, WhatWasAllowedStaysAllowed) {
  Plan strict = plan();
  strict.metrics[0].margin = Percent{30};
  EarlierAttempt second = earlier();
  second.plan.changes = requirement_changes(plan(), {earlier(strict)});
  allow(second.plan.changes, {{"margin"}, "the budget grew"});
  const auto changes = requirement_changes(plan(), {earlier(strict), second});
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].allowed, "the budget grew");
}

TEST(Requirements, AnAllowanceNamesWhatHasChanged) {
  std::vector<RequirementChange> changes = {{.requirement = Requirement::kappa}};
  EXPECT_THROW(allow(changes, {{"kapa"}, "why"}), Error);
  allow(changes, {{"kappa"}, "why"});
  EXPECT_EQ(changes[0].allowed, "why");
}

}  // namespace requirements_tests
}  // namespace assay::attempt
