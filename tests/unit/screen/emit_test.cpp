#include "experiments/screen/emit.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/report/finding_text.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::screen {
namespace emit_tests {

using report::example_plan;
using report::example_record;

AttemptResult ruled(Verdict verdict, Decision decision, DecisionReason reason) {
  AttemptResult result;
  result.verdict = verdict;
  result.decision = decision;
  result.decision_reason = reason;
  return result;
}

const AttemptResult kKept = ruled(Verdict::improved, Decision::keep, DecisionReason::improved);
const AttemptResult kNotWorse = ruled(Verdict::inconclusive, Decision::keep, DecisionReason::not_worse);
const AttemptResult kEquivalent = ruled(Verdict::equivalent, Decision::discard, DecisionReason::equivalent);
const AttemptResult kRegressed = ruled(Verdict::regressed, Decision::discard, DecisionReason::worse);
const AttemptResult kGuardFailed = ruled(Verdict::improved, Decision::discard, DecisionReason::guard);
const AttemptResult kGuardOpen = ruled(Verdict::improved, Decision::undecided, DecisionReason::guard_open);
const AttemptResult kNoise = ruled(Verdict::inconclusive, Decision::undecided, DecisionReason::inconclusive);
const AttemptResult kSpent = ruled(Verdict::inconclusive, Decision::discard, DecisionReason::capped);
const AttemptResult kFastButBroken = ruled(Verdict::improved, Decision::discard, DecisionReason::broken);
const AttemptResult kUnchallenged = ruled(Verdict::improved, Decision::undecided, DecisionReason::isolation);
const AttemptResult kBroken = ruled(Verdict::invalid, Decision::discard, DecisionReason::broken);

ExitCode code_of(const AttemptResult& result, std::set<Shortfall> fail_on = ResultOptions{}.fail_on) {
  ResultOptions options;
  options.fail_on = std::move(fail_on);
  return exit_code_of(result, options);
}

TEST(ExitCodeOfResult, FollowsVerdictGuardsAndDecision) {
  EXPECT_EQ(code_of(kKept), ExitCode::ok);
  EXPECT_EQ(code_of(kNotWorse), ExitCode::ok);
  EXPECT_EQ(code_of(kEquivalent), ExitCode::ok);
  EXPECT_EQ(code_of(kRegressed), ExitCode::worse);
  EXPECT_EQ(code_of(kGuardFailed), ExitCode::worse);
  EXPECT_EQ(code_of(kGuardOpen), ExitCode::inconclusive);
  EXPECT_EQ(code_of(kNoise), ExitCode::inconclusive);
  EXPECT_EQ(code_of(kSpent), ExitCode::inconclusive);
  EXPECT_EQ(code_of(kBroken), ExitCode::invalid);
  EXPECT_EQ(code_of(kFastButBroken), ExitCode::invalid);
  EXPECT_EQ(code_of(kUnchallenged), ExitCode::inconclusive);
}

TEST(ExitCodeOfResult, IsZeroForWhatIsNotToFail) {
  EXPECT_EQ(code_of(kRegressed, {Shortfall::invalid}), ExitCode::ok);
  EXPECT_EQ(code_of(kGuardFailed, {Shortfall::regressed}), ExitCode::ok);
  EXPECT_EQ(code_of(kNoise, {}), ExitCode::ok);
  EXPECT_EQ(code_of(kBroken, {}), ExitCode::ok);
}

TEST(ExitCodeOfResult, AnEquivalentOneFailsWhereThatIsAskedFor) {
  EXPECT_EQ(code_of(kEquivalent, {Shortfall::equivalent}), ExitCode::worse);
}

TEST(ExitCodeOfResult, AKeptOneNeverFails) {
  const std::set<Shortfall> any = {Shortfall::regressed, Shortfall::guard, Shortfall::equivalent,
                                   Shortfall::inconclusive, Shortfall::invalid};
  EXPECT_EQ(code_of(kKept, any), ExitCode::ok);
  EXPECT_EQ(code_of(kNotWorse, any), ExitCode::ok);
}

TEST(ExitCodeOfResult, AnExploratoryImprovementIsNoShortfall) {
  EXPECT_EQ(code_of(ruled(Verdict::improved, Decision::undecided, DecisionReason::improved)), ExitCode::ok);
}

TEST(ResultObject, TellsWhichRecordPlanAndAttemptItIsOf) {
  const Record record = example_record();
  const nlohmann::json object =
      result_object(heading_of("show", record, std::string(64, 'a')), record.plan, record.result);
  EXPECT_EQ(object["schema_version"], 1);
  EXPECT_EQ(object["command"], "show");
  EXPECT_EQ(object["experiment"], "readiness-poll");
  EXPECT_EQ(object["record"], "0007");
  EXPECT_EQ(object["record_name"], "0007-readiness-poll");
  EXPECT_EQ(object["record_sha256"], std::string(64, 'a'));
  EXPECT_EQ(object["plan_sha256"], std::string(64, 'b'));
  EXPECT_EQ(object["seed"], "0x0000000000000000");
  EXPECT_EQ(object["environment"], "local");
  EXPECT_EQ(object["actor"], "ada@example.org");
  EXPECT_EQ(object["attempt"], 1);
  EXPECT_EQ(object["attempts_left"], 2);
  EXPECT_EQ(object["verdict"], "improved") << "the result's own part is there too";
}

TEST(ResultObject, SaysWhatStandsBehindAKeepByNewerRules) {
  Record record = example_record();
  record.result.comparisons.front().decision = Decision::keep;
  const auto object_of = [&record] {
    return result_object(heading_of("show", record, std::string(64, 'a')), record.plan, record.result);
  };
  EXPECT_FALSE(object_of()["workloads"][0].contains("support"));
  record.plan.rules = kNewestRules;
  EXPECT_EQ(object_of()["workloads"][0]["support"], report::support_text(record.result.comparisons.front()));
  record.result.comparisons.front().decision = Decision::undecided;
  EXPECT_FALSE(object_of()["workloads"][0].contains("support"));
}

TEST(ResultObject, AnAttemptWithoutABlockIsNotSpent) {
  AttemptHeading no_record;
  no_record.command = "run";
  AttemptResult result = example_record().result;
  result.blocks = 0;
  EXPECT_EQ(result_object(no_record, example_plan(), result)["attempts_left"], 3);
  result.blocks = 1;
  EXPECT_EQ(result_object(no_record, example_plan(), result)["attempts_left"], 2) << "it is open and will be spent";
}

TEST(ResultObject, OfAComparisonWithoutARecordHasNulls) {
  Plan plan = example_plan();
  plan.exploratory = true;
  AttemptHeading heading;
  heading.command = "compare";
  const nlohmann::json object = result_object(heading, plan, example_record().result);
  EXPECT_TRUE(object["record"].is_null());
  EXPECT_TRUE(object["record_sha256"].is_null());
  EXPECT_TRUE(object["attempts_left"].is_null()) << "compare is never refused";
}

}  // namespace emit_tests
}  // namespace assay::screen
