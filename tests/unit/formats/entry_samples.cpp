#include "tests/unit/formats/entry_samples.hpp"

#include "core/result/result.hpp"
#include "tests/unit/record/sample_baseline.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::test {

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

}  // namespace assay::test
