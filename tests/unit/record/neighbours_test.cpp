#include "experiments/record/history/neighbours.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::record {
namespace neighbours_tests {

using test::command_variable;
using test::environment_variable;
using test::small_plan;
using testing::ElementsAre;
using testing::IsEmpty;

const MachineIdentity kHere{"boot-1", "host, cpu, 1"};

HypothesisKey key_of(const Plan& plan) {
  return {host::sha256(formats::hypothesis_json(plan)), plan.environment_name};
}

Plan fast(const Argv& command) {
  return small_plan(environment_variable("FAST"), command);
}

/// Two commits, of which only the trees matter.
Plan revisions(const std::string& control_tree, const std::string& treatment_tree) {
  Variable variable{VariableKind::revision, "", {}};
  variable.levels = {{"before", SourceLevel{"HEAD~1", {}, "c" + control_tree, control_tree}},
                     {"after", SourceLevel{"HEAD", {}, "c" + treatment_tree, treatment_tree}}};
  variable.source = SourceBuild{};
  return small_plan(variable, {"make", "bench"});
}

/// The reason that goes with a verdict.
DecisionReason reason_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::improved:
      return DecisionReason::improved;
    case Verdict::regressed:
      return DecisionReason::worse;
    case Verdict::equivalent:
      return DecisionReason::equivalent;
    case Verdict::inconclusive:
      return DecisionReason::inconclusive;
    case Verdict::invalid:
      break;
  }
  return DecisionReason::invalid;
}

class Neighbours : public testing::Test {
 protected:
  /// Records an attempt at a plan.
  RecordSummary& record(const Plan& plan, Verdict verdict = Verdict::equivalent,
                        Decision decision = Decision::discard) {
    RecordSummary summary;
    summary.number = static_cast<int>(records_.size()) + 1;
    summary.name = fmt::format("{:04}-small", summary.number);
    summary.sha256 = fmt::format("sha-{}", summary.number);
    summary.plan_sha256 = fmt::format("plan-{}", summary.number);
    summary.hypothesis_sha256 = key_of(plan).sha256;
    summary.environment_name = plan.environment_name;
    summary.attempts = 3;
    summary.verdict = verdict;
    summary.decision = decision;
    summary.reason = reason_of(verdict);
    summary.questions = formats::question_outlines(plan);
    summary.machine = kHere;
    return records_.emplace_back(std::move(summary));
  }

  std::vector<std::string> of(const AskedQuestion& question) {
    std::vector<std::string> found;
    for (const Neighbour& neighbour : neighbours_of(question, records_)) {
      found.push_back(fmt::format("{} {}", neighbour.record, to_string(neighbour.nearness)));
    }
    return found;
  }
  std::vector<std::string> of(const Plan& plan) { return of(asked_question(plan, key_of(plan), kHere)); }

  std::vector<RecordSummary> records_;
};

TEST_F(Neighbours, AreNoneOfAnAttemptThatMeasuredNothingEvenIfItWasTheLast) {
  RecordSummary& unmeasured = record(fast({"./work", "a"}), Verdict::invalid, Decision::discard);
  unmeasured.reason = DecisionReason::capped;
  EXPECT_THAT(of(fast({"./work", "a", ""})), IsEmpty());
  unmeasured.reason = DecisionReason::broken;
  EXPECT_THAT(of(fast({"./work", "a", ""})), ElementsAre("0001-small same-levels"));
}

TEST_F(Neighbours, AreTheSameLevelsInNearlyTheSameCommand) {
  record(fast({"./work", "a"}));
  EXPECT_THAT(of(fast({"./work", "a", ""})), ElementsAre("0001-small same-levels"));
  EXPECT_THAT(of(fast({"./work", "b"})), ElementsAre("0001-small same-levels"));
  EXPECT_THAT(of(fast({"./work", "a", "-q", "-v"})), ElementsAre("0001-small same-levels"));
  EXPECT_THAT(of(small_plan(command_variable({"./work", "a"}, {"env", "FAST=1", "./work", "a"}))),
              ElementsAre("0001-small same-levels"));
}

TEST_F(Neighbours, MayHaveAnotherMetricOrOneWorkloadLess) {
  Plan two = fast({"./work", "a"});
  two.workloads.push_back(two.workloads[0]);
  two.workloads[1].command = {"./work", "b", "c", "d", "e"};
  record(two, Verdict::regressed);
  Plan one = fast({"./work", "a"});
  one.metrics = {*find_built_in_metric("cpu")};
  one.metrics[0].role = MetricRole::primary;
  EXPECT_THAT(of(one), ElementsAre("0001-small same-levels"));
}

TEST_F(Neighbours, SetTheSameInALineForAShell) {
  Plan zero = fast({"./work", "a"});
  zero.variable.levels[1].value = EnvironmentLevel{"0"};
  record(zero);
  for (const Argv& treatment : std::vector<Argv>{{"sh", "-c", "FAST='0' ./work a"},
                                                 {"sh", "-c", "export FAST=0; ./work a"},
                                                 {"sh", "-c", "true; FAST=0 ./work a"},
                                                 {"env", "-S", "FAST=0 ./work a"},
                                                 {"env", "--split-string=FAST=0 ./work a"},
                                                 {"env", "FAST=0", "flock", "/tmp/l", "./work", "a"},
                                                 {"env", "FAST=0", "setpriv", "--nnp", "./work", "a"},
                                                 {"env", "FAST=0", "X=1", "./work", "a"},
                                                 {"env", "FAST=0", "X=1", "Y=2", "Z=3", "./work", "a"},
                                                 {"env", "FAST=0", "./work", "a", "-q"},
                                                 {"env", "FAST=0", "./work", "a", "-q", "-v", "-x"}}) {
    EXPECT_THAT(of(small_plan(command_variable({"./work", "a"}, treatment))), ElementsAre("0001-small same-levels"))
        << testing::PrintToString(treatment);
  }
  EXPECT_THAT(of(small_plan(command_variable({"./work", "a"}, {"env", "FAST=1", "./work", "a"}))), IsEmpty());
  EXPECT_THAT(of(small_plan(command_variable({"./work", "a"}, {"env", "X=1", "./work", "a"}))), IsEmpty());
}

TEST_F(Neighbours, AskForMoreThanTheRecordAndNotForLess) {
  record(small_plan(command_variable({"./work", "a"}, {"env", "FAST=1", "X=1", "./work", "-q", "a"})));
  EXPECT_THAT(of(small_plan(command_variable({"./work", "a"}, {"env", "FAST=1", "./work", "-q", "a"}))), IsEmpty());
  EXPECT_THAT(of(small_plan(command_variable({"./work", "a"}, {"env", "FAST=1", "X=1", "./work", "a"}))), IsEmpty());
  EXPECT_THAT(of(small_plan(command_variable({"./work", "a"}, {"env", "FAST=1", "X=1", "Y=1", "./work", "-q", "a"}))),
              ElementsAre("0001-small same-levels"));
}

TEST_F(Neighbours, CountHooksLikeWords) {
  record(fast({"./work", "a"}));
  Plan hooked = fast({"./work", "a", "b"});
  hooked.workloads[0].hooks.prepare = {"true"};
  EXPECT_THAT(of(hooked), ElementsAre("0001-small same-levels"));
  hooked.workloads[0].hooks.conclude = {"true"};
  EXPECT_THAT(of(hooked), IsEmpty());
}

TEST_F(Neighbours, AreNotOtherLevelsProgramsOrLongerCommands) {
  record(fast({"./work", "a"}));
  EXPECT_THAT(of(small_plan(environment_variable("SLOW"), {"./work", "a"})), IsEmpty());
  EXPECT_THAT(of(fast({"./other", "a"})), IsEmpty());
  EXPECT_THAT(of(fast({"./work", "b", "c"})), IsEmpty());
}

TEST_F(Neighbours, AreALinkOrACopyOfTheSameProgram) {
  record(fast({"./work", "a"})).programs = {"digest"};
  const Plan copy = fast({"./copy", "a"});
  AskedQuestion question = asked_question(copy, key_of(copy), kHere);
  question.programs = {"digest"};
  EXPECT_THAT(of(question), ElementsAre("0001-small same-levels"));
  question.programs = {"another"};
  EXPECT_THAT(of(question), IsEmpty());
}

TEST_F(Neighbours, RunTheSameFilesWhateverTheyAreCalled) {
  record(small_plan(command_variable({"./one"}, {"./two"}))).contents = {{1, {"a"}, {"b"}}};
  const Plan renamed = small_plan(command_variable({"./three", "x", "y", "z"}, {"./four", "x", "y", "z"}));
  AskedQuestion question = asked_question(renamed, key_of(renamed), kHere);
  question.contents = {{1, {"a"}, {"b"}}};
  EXPECT_THAT(of(question), ElementsAre("0001-small same-content"));
  question.contents = {{1, {"a"}, {"c"}}};
  EXPECT_THAT(of(question), IsEmpty());
}

TEST_F(Neighbours, AreTheSameQuestionUnderAnotherNameOfTheEnvironment) {
  Plan plan = fast({"./work"});
  record(plan);
  plan.environment_name = "ci";
  EXPECT_THAT(of(plan), ElementsAre("0001-small other-environment"));
  records_[0].machine = {"boot-2", "another host, cpu, 1"};
  EXPECT_THAT(of(plan), IsEmpty());
}

TEST_F(Neighbours, AreNoAttemptsAtTheSameQuestion) {
  record(fast({"./work"}), Verdict::inconclusive, Decision::undecided);
  EXPECT_THAT(of(fast({"./work"})), IsEmpty());
}

TEST_F(Neighbours, BindNobodyIfTheyWereKeptInvalidExploratoryOrSimulated) {
  record(fast({"./work", "a"}), Verdict::improved, Decision::keep);
  record(fast({"./work", "b"}), Verdict::invalid, Decision::undecided);
  record(fast({"./work", "c"})).exploratory = true;
  record(fast({"./work", "d"})).simulated = true;
  record(fast({"./work", "e"}), Verdict::invalid).reason = DecisionReason::confounded;
  EXPECT_THAT(of(fast({"./work", "f"})), IsEmpty());
}

TEST_F(Neighbours, BindIfTheyAreUndecided) {
  record(fast({"./work", "a"}), Verdict::inconclusive, Decision::undecided);
  EXPECT_THAT(of(fast({"./work", "b"})), ElementsAre("0001-small same-levels"));
}

TEST_F(Neighbours, BindNobodyOnceTheirKeepIsAccepted) {
  record(fast({"./work", "a"}), Verdict::improved, Decision::undecided).reason = DecisionReason::near;
  EXPECT_THAT(of(fast({"./work", "b"})), ElementsAre("0001-small same-levels"));
  RecordSummary acceptance = records_[0];
  acceptance.kind = RecordKind::acceptance;
  acceptance.name = "0002-acceptance";
  acceptance.sha256 = "sha-2";
  acceptance.settles = "sha-1";
  records_.push_back(acceptance);
  EXPECT_THAT(of(fast({"./work", "b"})), IsEmpty());
}

TEST_F(Neighbours, AreOpenAttemptsThatHaveOnlyAnOpening) {
  record(fast({"./work", "a"})).kind = RecordKind::opening;
  EXPECT_THAT(of(fast({"./work", "b"})), ElementsAre("0001-small same-levels"));
  record(fast({"./work", "a"}), Verdict::improved, Decision::keep).plan_sha256 = "plan-1";
  EXPECT_THAT(of(fast({"./work", "b"})), IsEmpty());
}

TEST_F(Neighbours, AreNoneAmongTwentyCommitsEachAgainstItsParent) {
  for (int commit = 1; commit <= 20; ++commit) {
    const Plan plan = revisions(fmt::format("t{}", commit - 1), fmt::format("t{}", commit));
    EXPECT_THAT(of(plan), IsEmpty()) << commit;
    const bool helps = commit % 3 == 0;
    record(plan, helps ? Verdict::improved : Verdict::equivalent, helps ? Decision::keep : Decision::discard)
        .contents = {{1, {"x"}, {"y"}}};
  }
}

TEST_F(Neighbours, AreNoneAmongTwentyCommitsAgainstOneBase) {
  for (int commit = 1; commit <= 20; ++commit) {
    const Plan plan = revisions("base", fmt::format("t{}", commit));
    EXPECT_THAT(of(plan), IsEmpty()) << commit;
    record(plan, Verdict::regressed);
  }
}

TEST_F(Neighbours, AreNoneAmongTwentyCommitsThatAreBuiltAndRunByOneLine) {
  for (int commit = 1; commit <= 20; ++commit) {
    Plan plan = revisions("base", fmt::format("t{}", commit));
    plan.workloads[0].command = {"sh", "-c", "export MODE=release; make bench"};
    EXPECT_THAT(of(plan), IsEmpty()) << commit;
    record(plan, Verdict::regressed);
  }
}

TEST_F(Neighbours, AreTheSameTreesInNearlyTheSameCommand) {
  record(revisions("base", "t1"));
  Plan more = revisions("base", "t1");
  more.workloads[0].command.push_back("-j1");
  EXPECT_THAT(of(more), ElementsAre("0001-small same-levels"));
}

}  // namespace neighbours_tests
}  // namespace assay::record
