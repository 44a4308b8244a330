#include "experiments/formats/record/entry_json.hpp"

#include <gtest/gtest.h>

#include "experiments/formats/record/record_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/record/sample_baseline.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::formats {
namespace entry_json_tests {

const Target kTarget{.workload = "site",
                     .state = "warm",
                     .metric = "wall",
                     .statistic = Statistic::median,
                     .bound = Bound::at_most,
                     .limit = 90,
                     .unit = "s"};

Claim claim_of(ClaimedEffect effect) {
  return {.experiment = "poll",
          .hypothesis_sha256 = std::string(64, 'c'),
          .environment_name = "ci",
          .revision = std::string(40, 'd'),
          .workload = "site",
          .state = "warm",
          .control = "sleep",
          .treatment = "poll",
          .metric = {"wall", "s", Direction::lower},
          .effect = effect,
          .said = "4x",
          .deadline = "2026-03-01",
          .record = std::string(64, 'b'),
          .plan = std::nullopt};
}

Claim claim_without_a_record() {
  Claim claim = claim_of(ClaimedRatio{1.5});
  claim.record.clear();
  claim.plan = record::sample_record().plan;
  return claim;
}

Opening opening_of(const std::string& hash) {
  const Record record = record::sample_record();
  return {.hypothesis_sha256 = hash,
          .plan_sha256 = hash,
          .plan = record.plan,
          .machine = record.machine,
          .contents = {{1, {hash}, {hash, hash}}},
          .programs = {hash}};
}

ChallengeEntry challenge() {
  ChallengeEntry entry;
  entry.claim = std::string(64, 'b');
  entry.text = "wall of poll: at least 4.00x better";
  entry.metric = {"wall", "s", Direction::lower};
  entry.effect = ClaimedRatio{4};
  entry.claimant = "ada";
  entry.number = 2;
  entry.record = std::string(64, 'c');
  entry.environment_name = "ci";
  entry.machine = "bench1, 2 CPUs";
  entry.independence = Independence::self_check;
  entry.rests_on = MeasuredRange{1.9, std::nullopt};
  entry.again = {"a fresh clone"};
  entry.not_again = {"the cell cold"};
  entry.checks = {"same page: passed"};
  entry.findings = {{"tests/test_it.py:41", "skips a test"}};
  entry.result = {.grade = Grade::exaggerated,
                  .reason = GradeReason::none,
                  .blocks = 12,
                  .confidence = 0.99,
                  .estimate = 1.95,
                  .measured = {1.9, 2.01},
                  .again = {std::nullopt, 1.1},
                  .planted = {0.9, 0.98},
                  .planted_found = true,
                  .largest_claim = 2,
                  .blocks_needed = std::nullopt};
  return entry;
}

Baseline baseline_with_objections() {
  Baseline baseline = record::sample_baseline();
  baseline.replaces = std::string(64, 'e');
  baseline.revision = std::string(40, 'd');
  baseline.changes = {"the executable changed"};
  baseline.notes = {"a note"};
  baseline.trials[0].phases.refused = 2;
  baseline.trials[0].phases.objections = {"line 2 of the spans is no span"};
  return baseline;
}

ChangeInRevision change_shown_by(ChangeProof proof) {
  return {.record = std::string(64, 'b'),
          .experiment = "poll",
          .hypothesis_sha256 = std::string(64, 'c'),
          .environment_name = "ci",
          .change = "env READY_MODE: sleep -> poll",
          .commit = std::string(40, 'd'),
          .proof = proof,
          .file = proof == ChangeProof::level ? "deploy.conf" : "",
          .reason = proof == ChangeProof::person ? "it is set by hand" : ""};
}

Gain gain_of_two_cells() {
  return {.baseline = std::string(64, 'b'),
          .record = std::string(64, 'c'),
          .experiment = "poll",
          .environment_name = "ci",
          .metric = "wall",
          .direction = Direction::lower,
          .from = std::string(40, 'd'),
          .to = std::string(40, 'e'),
          .parts = {std::string(64, 'f')},
          .cells = {{.workload = "site", .state = "warm", .percent = -40, .interval = Interval{-44, -38}, .parts = -45},
                    {.workload = "", .state = "", .percent = std::nullopt, .interval = {}, .parts = {}}}};
}

MilestoneDone done_by_every_kind() {
  const ExperimentPlace local{"poll", "local"};
  MilestoneDone done;
  done.milestone.name = "fast";
  done.milestone.criteria = {{"T1", "four recipes", BaselineCriterion{local}},
                             {"T2", "", AttributionCriterion{{"poll", "ci"}, 0.95}},
                             {"T3", "", TargetCriterion{"site/warm/wall/median"}},
                             {"T4", "", DecisionCriterion{local}},
                             {"T5", "", AdoptionCriterion{local}},
                             {"T6", "", GainCriterion{local, 20}},
                             {"T7", "", ClaimCriterion{"0012-claim"}}};
  done.evidence = {{"T1", {std::string(64, 'a')}, {std::string(64, 'b')}}};
  return done;
}

Review review_with_samples() {
  Review review;
  review.subject = ReviewSubject::attribution;
  review.text = "deploy in local";
  review.record = std::string(64, 'b');
  review.document = "docs/perf/attribution.md";
  review.document_sha256 = std::string(64, 'c');
  review.claimant = "ada";
  review.number = 2;
  review.environment_name = "ci";
  review.machine = "bench1, 2 CPUs";
  review.revision = std::string(40, 'd');
  review.independence = Independence::self_check;
  review.again = {"every rank"};
  review.not_again = {"the trials"};
  review.items = {{.aspect = ReviewAspect::rank,
                   .of = "site",
                   .name = "pull",
                   .stated = "2",
                   .found = "1",
                   .fault = ReviewFault::differs},
                  {.aspect = ReviewAspect::phase, .of = "site (warm)", .fault = ReviewFault::none}};
  review.grade = Grade::refuted;
  review.samples = record::sample_baseline();
  return review;
}

/// One experiment that was measured, and one that was held against a baseline.
GateReport gate_of_two_experiments() {
  GateReport gate{.base = {"main", std::string(40, 'a')},
                  .change = {"HEAD", std::string(40, 'b')},
                  .environment_name = "ci",
                  .has_policy = true};
  gate.machine.hostname = "runner";
  gate.policy.fails_on_changed_rules = true;
  gate.rule_changes = {{.path = "a.toml", .kind = GateRuleKind::experiment, .change = FileChange::removed}};
  GateMeasurement measured;
  const Record record = record::sample_record();
  measured = {record.plan, std::string(64, 'c'), record.blocks, blank_result(record.plan)};
  gate.findings = {{.file = "a.toml", .outcome = GateOutcome::guard, .note = "slow", .measured = measured},
                   {.file = "b.toml",
                    .outcome = GateOutcome::regressed,
                    .basis = GateBasis::stored_baseline,
                    .against_stored = {{.cell = "work",
                                        .baseline_trials = 9,
                                        .change_trials = 8,
                                        .estimate_percent = 12,
                                        .interval_percent = {11, 13},
                                        .confidence = 0.95,
                                        .outcome = GateOutcome::regressed}},
                    .baseline_name = "0001-baseline"}};
  gate.not_asked = {"c.toml"};
  return gate;
}

Entry entry_of(EntryContent content) {
  return {.number = 8,
          .program_version = "0.1.0",
          .created_ns = 1'772'373'959'000'000'000,
          .actor = "ada@example.org",
          .parents = {std::string(64, 'a')},
          .content = std::move(content)};
}

TEST(EntryJson, ReadsBackWhatItWrote) {
  const std::string hash(64, 'b');
  for (const EntryContent& content :
       std::vector<EntryContent>{Reopening{"poll", hash, "ci", hash, "runtime 27", "it is 28"},
                                 Relaxation{"poll", kTarget, 120, "node", "2026-03-01"},
                                 Relaxation{"poll", kTarget, std::nullopt, "node", "2026-03-01"},
                                 Restoration{hash, kTarget, "mended"},
                                 Question{"Which?", {"a", "b"}, "ada", ""},
                                 Answer{hash, "Which?", "a", {hash}, "faster"},
                                 claim_of(ClaimedRatio{4}),
                                 claim_of(ClaimedLimit{Statistic::maximum, Bound::at_most, 0.001}),
                                 claim_of(ClaimedRate{1, 0.95}),
                                 claim_of(ClaimedRate{0.9, std::nullopt}),
                                 claim_of(ClaimedNotWorse{3}),
                                 claim_of(ClaimedCorrectness{}),
                                 claim_without_a_record(),
                                 Withdrawal{hash, "wall of poll", "the cache was warm"},
                                 opening_of(hash),
                                 Closing{hash, "poll", hash, "ci"},
                                 Acceptance{hash, "poll", hash, "ci", DecisionReason::near, "another tool"},
                                 challenge(),
                                 ChallengeEntry{},
                                 AllowedFinding{hash, 2, "tests/test_it.py:41: skips a test", "it was a duplicate"},
                                 record::sample_baseline(),
                                 Adoption{change_shown_by(ChangeProof::patch)},
                                 Adoption{change_shown_by(ChangeProof::person)},
                                 Reversion{change_shown_by(ChangeProof::level), hash},
                                 Reversion{change_shown_by(ChangeProof::file), ""},
                                 gain_of_two_cells(),
                                 gate_of_two_experiments(),
                                 done_by_every_kind(),
                                 review_with_samples(),
                                 Review{},
                                 baseline_with_objections()}) {
    const Entry entry = entry_of(content);
    EXPECT_EQ(parse_entry(entry_json(entry), "e"), entry) << to_string(kind_of(content));
    EXPECT_EQ(entry_name(entry), "0008-" + std::string(to_string(kind_of(content))));
  }
}

TEST(EntryJson, HasTheEnvelopeOfARecord) {
  EXPECT_EQ(entry_json(entry_of(Question{"Which?", {"a", "b"}, "ada", ""})),
            R"({"actor":"ada@example.org","created_ns":1772373959000000000,"format":"assay record","kind":"question",)"
            R"("number":8,"parents":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],)"
            R"("payload":{"due":"","options":["a","b"],"owner":"ada","text":"Which?"},)"
            R"("program_version":"0.1.0","schema_version":1})");
}

TEST(EntryJson, KnowsItsKinds) {
  EXPECT_EQ(test::message_of([] { (void)parse_entry(record_json(record::sample_record()), "r"); }),
            "r: /: \"kind\" is missing");
  std::string text = entry_json(entry_of(Question{"Which?", {"a", "b"}, "ada", ""}));
  EXPECT_EQ(test::message_of([&] { (void)parse_record(text, "r"); }),
            "r: /kind: a record of the kind \"question\", not of an attempt");
  text.replace(text.find("question"), 8, "prophecy");
  EXPECT_EQ(test::message_of([&] { (void)parse_entry(text, "r"); }),
            "r: /kind: \"prophecy\" is not a kind of record that this assay knows");
  text.replace(text.find("prophecy"), 8, "attempt");
  EXPECT_EQ(test::message_of([&] { (void)parse_entry(text, "r"); }),
            "r: /kind: a record of the kind \"attempt\", not of an entry");
}

}  // namespace entry_json_tests
}  // namespace assay::formats
