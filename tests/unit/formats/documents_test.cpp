#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/result/keep_reason.hpp"
#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/record/milestone_fields.hpp"
#include "experiments/formats/record/record_fields.hpp"
#include "experiments/formats/result/challenge_fields.hpp"
#include "experiments/formats/result/effect_fields.hpp"
#include "experiments/formats/result/printed_result_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"
#include "experiments/formats/result/result_schema.hpp"
#include "tests/support/generated_document.hpp"

// The tables of keys in docs/formats follow from the descriptions that write and read the values.
namespace assay::formats {
namespace documents_tests {

const std::string kFolder = ASSAY_SOURCE_FOLDER "/docs/formats/";
std::string_view presence_text(Presence presence) {
  switch (presence) {
    case Presence::always:
      return "";
    case Presence::if_set:
      return "; optional";
    case Presence::unless_default:
      return "; left out by default";
  }
  return "";
}

std::string row(const Member& member) {
  return fmt::format("| `{}` | {}{} | {} |\n", member.key, words_of(member.form()), presence_text(member.presence),
                     member.meaning);
}

std::string kind_row(const KindKey& kind) {
  std::string names;
  for (const std::string_view name : kind.names) names += fmt::format("{}`{}`", names.empty() ? "" : ", ", name);
  return fmt::format("| `{}` | {} | {} |\n", kind.key, names, kind.meaning);
}

/// The keys of one object. Those of its alternatives have tables of their own.
std::string table_of(const Description& description) {
  std::string table = "| key | value | meaning |\n|---|---|---|\n";
  if (description.kind() != nullptr) table += kind_row(*description.kind());
  for (const Member& member : description.members()) {
    if (member.part == nullptr) table += row(member);
  }
  return table;
}

/// The keys that each of several alternatives adds.
std::string table_of_alternatives(const std::vector<const Description*>& alternatives) {
  std::string table = "| in a | key | value | meaning |\n|---|---|---|---|\n";
  for (const Description* alternative : alternatives) {
    for (const Member& member : alternative->members())
      table += fmt::format("| {} {}", alternative->name(), row(member));
  }
  return table;
}

template <class... Alternatives>
std::string table_of_all() {
  return table_of_alternatives({&description_of<Alternatives>()...});
}

std::string level_table() {
  return table_of_all<EnvironmentLevel, ArgumentLevel, SettingsLevel, CommandLevel, SourceLevel, FileLevel,
                      StateLevel>();
}
std::string check_table() {
  return table_of_alternatives(check_kind_descriptions());
}
std::string outcome_table() {
  return table_of_all<Measured, Exited, Killed, TimedOut, CheckFailed, HookFailed, StateUnproven>();
}
std::string payload_table() {
  return table_of_all<Reopening, Relaxation, Restoration, Question, Answer, Claim, Withdrawal, Opening, Closing,
                      ChallengeEntry, AllowedFinding, Acceptance, Baseline, Adoption, Reversion, Gain, MilestoneDone,
                      Review, GateReport>();
}
std::string effect_table() {
  return table_of_all<ClaimedRatio, ClaimedLimit, ClaimedRate, ClaimedNotWorse, ClaimedCorrectness>();
}
std::string criterion_table() {
  return table_of_all<BaselineCriterion, AttributionCriterion, TargetCriterion, DecisionCriterion, AdoptionCriterion,
                      GainCriterion, ClaimCriterion>();
}
/// What is decided for this reason.
std::string_view decision_with(DecisionReason reason) {
  const bool is_discard = reason == DecisionReason::equivalent || reason == DecisionReason::worse ||
                          reason == DecisionReason::broken || reason == DecisionReason::guard ||
                          reason == DecisionReason::confounded || reason == DecisionReason::capped ||
                          reason == DecisionReason::budget || reason == DecisionReason::memory_pressure;
  return to_string(is_discard ? Decision::discard : Decision::undecided);
}

template <class Value>
std::string table() {
  return table_of(description_of<Value>());
}

const test::DocumentTables kPlanTables = {{"a plan", table<Plan>},
                                          {"a variable", table<Variable>},
                                          {"a level", table<Level>},
                                          {"levels by kind", level_table},
                                          {"a patch", table<Patch>},
                                          {"a source", table<SourceBuild>},
                                          {"a condition", table<MetricCondition>},
                                          {"a workload", table<Workload>},
                                          {"hooks", table<Hooks>},
                                          {"limits", table<Limits>},
                                          {"a state", table<State>},
                                          {"a metric", table<Metric>},
                                          {"a check", table<Check>},
                                          {"checks by kind", check_table},
                                          {"a target", table<Target>},
                                          {"a change", table<RequirementChange>},
                                          {"a budget", table<Budget>},
                                          {"a protocol", table<Protocol>},
                                          {"a simulation", table<Simulation>},
                                          {"a challenge", table<ChallengeTerms>},
                                          {"a block", table<Block>},
                                          {"a trial", table<Trial>},
                                          {"an outcome", table<Outcome>},
                                          {"outcomes by kind", outcome_table},
                                          {"usage", table<Usage>},
                                          {"strain", table<Strain>},
                                          {"outside", table<OutsideClock>},
                                          {"a series", table<SteadySeries>}};
const test::DocumentTables kRecordTables = {{"a record", table<Record>},
                                            {"a machine", table<Machine>},
                                            {"an entry", table<Entry>},
                                            {"payloads by kind", payload_table},
                                            {"a baseline trial", table<BaselineTrial>},
                                            {"phase times", table<PhaseTimes>},
                                            {"a phase", table<PhaseTime>},
                                            {"a claimed metric", table<ClaimedMetric>},
                                            {"a claimed effect", table<ClaimedEffect>},
                                            {"claimed effects by kind", effect_table},
                                            {"a finding", table<ReviewFinding>},
                                            {"a reviewed item", table<ReviewItem>},
                                            {"a graded claim", table<ChallengeResult>},
                                            {"good blocks", table<GoodBlocks>},
                                            {"a range", table<MeasuredRange>},
                                            {"a gain of a cell", table<GainOfCell>},
                                            {"an interval", table<Interval>},
                                            {"evidence", table<CriterionEvidence>},
                                            {"a gate finding", table<GateFinding>},
                                            {"a gate measurement", table<GateMeasurement>},
                                            {"a stored comparison", table<StoredComparison>},
                                            {"a rule change", table<GateRuleChange>},
                                            {"a gate policy", table<GatePolicy>}};

const test::DocumentTables kMilestoneTables = {
    {"a milestone", table<Milestone>}, {"a criterion", table<Criterion>}, {"criteria by kind", criterion_table}};

const test::DocumentTables kResultTables = {{"a heading", table<PrintedHeading>},
                                            {"a result", table<AttemptResult>},
                                            {"a comparison", table<Comparison>},
                                            {"a metric result", table<MetricResult>},
                                            {"figures", table<ArmSummary>},
                                            {"steadiness", table<ArmSteadiness>},
                                            {"an effect", table<EffectFields>},
                                            {"an equivalence", table<ShownEquivalence>},
                                            {"a check result", table<CheckResult>},
                                            {"a failed test", table<FailedTest>},
                                            {"a budget use", table<BudgetUse>},
                                            {"a diagnostic", table<Diagnostic>},
                                            {"an audit", table<AuditResult>},
                                            {"a build", table<Build>},
                                            {"a hook run", table<HookRun>},
                                            {"an isolation challenge", table<IsolationChallenge>},
                                            {"a cluster node", table<ClusterNode>},
                                            {"a search", table<LevelSearch>},
                                            {"a standing", table<LevelStanding>},
                                            {"advice", table<Advice>},
                                            {"a quicker metric", table<QuickerMetric>}};

/// "docs/methods/what-keep-means.md": its one table, between the same two lines as those of keys.
std::string keep_reason_table() {
  std::string table = "| `reason` in JSON | decided | cause | false alarms | way out |\n|---|---|---|---|---|\n";
  for (const KeepReason& reason : keep_reasons()) {
    table += fmt::format("| `{}` | {} | {} | {} | {} |\n", to_string(reason.code), decision_with(reason.code),
                         reason.cause, reason.false_alarms, reason.way_out);
  }
  return table;
}

TEST(Documents, TellEveryReasonThatHoldsBackAKeepOnce) {
  std::size_t row = 0;
  for (std::size_t index = 0; index < EnumNames<DecisionReason>::values.size(); ++index) {
    const auto reason = static_cast<DecisionReason>(index);
    if (reason == DecisionReason::improved || reason == DecisionReason::not_worse) continue;
    ASSERT_LT(row, keep_reasons().size());
    EXPECT_EQ(to_string(keep_reasons()[row++].code), to_string(reason));
  }
  EXPECT_EQ(row, keep_reasons().size());
}

TEST(Documents, TableOfReasonsFollowsFromTheRules) {
  test::expect_tables(kFolder + "../methods/what-keep-means.md", {{"a reason", keep_reason_table}});
}

TEST(Documents, TablesOfPlansFollowFromTheDescriptions) {
  test::expect_tables(kFolder + "plan.md", kPlanTables);
}

TEST(Documents, TablesOfRecordsFollowFromTheDescriptions) {
  test::expect_tables(kFolder + "record.md", kRecordTables);
}

TEST(Documents, TablesOfMilestonesFollowFromTheDescriptions) {
  test::expect_tables(kFolder + "milestones.md", kMilestoneTables);
}

TEST(Documents, TablesOfResultsFollowFromTheDescriptions) {
  test::expect_tables(kFolder + "result.md", kResultTables);
}

TEST(Documents, SchemaOfResultsFollowsFromTheDescriptions) {
  test::expect_generated(kFolder + "result.schema.json", result_schema());
}

}  // namespace documents_tests
}  // namespace assay::formats
