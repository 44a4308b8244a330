#include "experiments/decide/challenge/challenge_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "experiments/decide/challenge/better_effects.hpp"
#include "experiments/decide/comparison/cell_analysis.hpp"
#include "experiments/decide/rules/baseline_rule.hpp"
#include "experiments/decide/rules/failure_rule.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

constexpr std::size_t kCell = 0;

/// Failures are what a rate counts, and what refutes correctness: they do not spoil the challenge.
bool failures_are_graded(const ClaimedEffect& effect) {
  return std::holds_alternative<ClaimedRate>(effect) || std::holds_alternative<ClaimedCorrectness>(effect);
}

bool any_guard_failed(const Comparison& comparison) {
  return std::any_of(comparison.metrics.begin(), comparison.metrics.end(),
                     [](const MetricResult& metric) { return metric.guard == GuardStatus::failed; });
}

/// A reason for which there is no grade, whatever the figures of the claim's metric say.
std::optional<GradeReason> flaw_of(const Plan& plan, const AttemptResult& compared, std::span<const Block> blocks) {
  if (!compared.audit.passed) return GradeReason::flawed;
  const std::vector<TriedPlant>& plants = compared.audit.plants;
  if (std::any_of(plants.begin(), plants.end(), shows_weakening)) return GradeReason::weakened;
  if (blocks.empty() || compared.comparisons.empty()) return std::nullopt;
  if (failures_are_graded(plan.challenge->effect)) return std::nullopt;
  const Comparison& comparison = compared.comparisons.front();
  if (comparison.verdict == Verdict::invalid) return GradeReason::flawed;
  if (!failures_allow_keep(tally_failures(blocks, kClaimedTreatment))) return GradeReason::failed_trials;
  return any_guard_failed(comparison) ? std::optional(GradeReason::guard) : std::nullopt;
}

/// Whether the comparison has such a finding, and it is against an arm.
bool any_against(const Comparison& comparison, DiagnosticKind kind) {
  return std::any_of(comparison.diagnostics.begin(), comparison.diagnostics.end(), [kind](const Diagnostic& found) {
    return found.kind == kind && (kind != DiagnosticKind::fresh_start || found.statistic > 0);
  });
}

/// What the blocks without failures show of a claimed ratio.
std::optional<GoodBlocks> good_blocks(const Plan& plan, std::span<const Block> blocks) {
  const ClaimedEffect& effect = plan.challenge->effect;
  if (!std::holds_alternative<ClaimedRatio>(effect) && !std::holds_alternative<ClaimedNotWorse>(effect)) {
    return std::nullopt;
  }
  std::vector<double> logarithms;
  for (const double logarithm : better_effects(plan, claimed_metric(plan), kClaimedTreatment, blocks).at_least) {
    if (std::isfinite(logarithm)) logarithms.push_back(logarithm);
  }
  GoodBlocks good{.blocks = static_cast<int>(logarithms.size()), .estimate = std::nullopt};
  if (good.blocks > 0) good.estimate = std::exp(stats::median(logarithms));
  return good;
}

/// What trials after the last block say against an improvement that is shown (docs/methods/vigilance.md).
std::optional<GradeReason> held_back_by(const AttemptResult& compared, const ChallengeResult& graded) {
  const bool shows_improvement = graded.grade == Grade::confirmed || graded.grade == Grade::exaggerated;
  if (!shows_improvement || compared.comparisons.empty()) return std::nullopt;
  const Comparison& comparison = compared.comparisons.front();
  if (any_against(comparison, DiagnosticKind::unannounced)) return GradeReason::unannounced;
  if (any_against(comparison, DiagnosticKind::fresh_start)) return GradeReason::earlier_runs;
  return std::nullopt;
}

}  // namespace

Plan two_arm_plan(const Plan& challenge, int blocks) {
  Plan plan = challenge;
  plan.challenge.reset();
  plan.variable.levels.resize(2);
  plan.protocol.looks = LookMode::once;
  plan.protocol.max_blocks = blocks;
  if (plan.variable.kind == VariableKind::level) plan.variable.kind = VariableKind::argument;  // two levels do not race
  return plan;
}

Block two_arm_block(const Block& block) {
  Block two = block;
  std::erase_if(two.trials, [](const Trial& trial) { return trial.arm > kClaimedTreatment; });
  return two;
}

ChallengeAnalysis::ChallengeAnalysis(const Plan& plan) : plan_(plan), blocks_(plan_, kCell), looks_(plan.protocol) {
  if (cells(plan_).size() != 1) throw Error("a challenge measures one workload in one state", ErrorKind::invalid);
  (void)make_claim_grader(plan_, looks_of(plan_.protocol));  // refuses a plan that lacks what is claimed
}

void ChallengeAnalysis::add(const Block& block) {
  if (block.cell != kCell) {
    throw Error("a block belongs to a cell that the plan does not have", ErrorKind::invalid);
  }
  blocks_.add(block);
  if (finished()) return;
  if (!is_void(block)) {
    check_failures();
    if (!finished()) look_where_due();
  }
  const double trials = static_cast<double>(plan_.protocol.max_blocks) * rounds_per_block(plan_.protocol) *
                        static_cast<double>(arm_count(plan_));
  if (!finished() && flaw_of_void_blocks(blocks_, trials)) end(Stop::failed, GradeReason::flawed);
}

void ChallengeAnalysis::check_failures() {
  if (!blocks_.any_failed() || failures_are_graded(plan_.challenge->effect)) return;
  if (attempt_ending_failures(tally_failures(blocks_.leading(), kClaimedTreatment))) {
    end(Stop::failed, GradeReason::failed_trials);
  }
}

void ChallengeAnalysis::look_where_due() {
  const int leading = blocks_.leading_count();
  if (looks_.none_taken() && leading >= looks_.next()) {
    grader_ = make_claim_grader(plan_, looks_.choose_after(blocks_.leading().first(looks_.first())));
  }
  while (!finished() && leading >= looks_.next()) {
    const int next = looks_.next();
    looks_.take();
    const bool is_last = next >= plan_.protocol.max_blocks;
    look_at(next, {is_last ? Moment::at_cap : Moment::at_look, LookKind::scheduled});
    const ChallengeResult& graded = grader_->result();
    const bool settled = graded.grade != Grade::inconclusive;
    if (!settled && !is_last) continue;
    stop_ = settled ? Stop::boundary : Stop::cap;
    judged_ = next;
  }
}

void ChallengeAnalysis::look_at(int blocks, const GradingLook& look) {
  const auto judged = blocks_.leading().first(static_cast<std::size_t>(blocks));
  const Metric& primary = plan_.metrics[primary_metric(plan_)];
  if (!failures_are_graded(plan_.challenge->effect) && missing_arm(primary, kClaimedTreatment, judged)) {
    end(Stop::failed, GradeReason::flawed);
    return;
  }
  grader_->look(judged, look);
}

void ChallengeAnalysis::end(Stop stop, GradeReason reason) {
  stop_ = stop;
  ended_by_ = reason;
  judged_ = blocks_.leading_count();
}

void ChallengeAnalysis::set_audit(const AuditResult& audit) {
  audit_ = audit;
  if (!audit.passed) end(Stop::audit, GradeReason::flawed);
}

void ChallengeAnalysis::cut_by_time() {
  if (finished()) return;
  const int blocks = blocks_.leading_count();
  if (blocks > 0) {
    if (!grader_) grader_ = make_claim_grader(plan_, looks_of(plan_.protocol));
    look_at(blocks, {Moment::at_cap, LookKind::last});
  }
  if (finished()) return;
  stop_ = Stop::time;
  judged_ = blocks;
}

void ChallengeAnalysis::close_interrupted() {
  if (!finished()) end(Stop::interrupted, GradeReason::interrupted);
}

int ChallengeAnalysis::blocks_to_next_look(std::size_t) const {
  return finished() ? 0 : std::max(0, looks_.next() - blocks_.leading_count());
}

std::vector<ArmIndex> ChallengeAnalysis::arms_of_next_blocks(std::size_t) const {
  std::vector<ArmIndex> arms(arm_count(plan_));
  std::iota(arms.begin(), arms.end(), kControl);
  return arms;
}

int ChallengeAnalysis::complete_blocks(std::size_t) const {
  return blocks_.complete_count();
}

Progress ChallengeAnalysis::progress(std::size_t) const {
  Progress progress{.blocks = blocks_.complete_count(),
                    .cap = plan_.protocol.max_blocks,
                    .estimate = std::nullopt,
                    .interval = std::nullopt};
  if (!grader_) return progress;
  progress.interval = grader_->effect_bounds();
  return progress;
}

std::vector<ComparisonOutline> ChallengeAnalysis::outlines() const {
  ASSAY_ASSERT(false);
  return {};
}

std::span<const Block> ChallengeAnalysis::judged_blocks() const {
  const int blocks = finished() ? judged_ : blocks_.leading_count();
  return blocks_.leading().first(static_cast<std::size_t>(blocks));
}

ChallengeResult ChallengeAnalysis::challenge_result(const AttemptResult& compared) const {
  ChallengeResult graded = grader_ ? grader_->result() : ChallengeResult{};
  if (!grader_) {
    graded.blocks = static_cast<int>(judged_blocks().size());
    graded.confidence = 1 - challenge_alpha_of(plan_);
  }
  const std::optional<GradeReason> flaw = flaw_of(plan_, compared, judged_blocks());
  if (ended_by_ == GradeReason::interrupted) {
    graded.grade = Grade::inconclusive;
    graded.reason = GradeReason::interrupted;
  } else if (ended_by_ != GradeReason::none || flaw) {
    graded.grade = Grade::invalid;
    graded.reason = ended_by_ != GradeReason::none ? ended_by_ : *flaw;
  } else if (const auto held_back = held_back_by(compared, graded)) {
    graded.grade = Grade::inconclusive;
    graded.reason = *held_back;
  }
  if (graded.grade == Grade::invalid) graded.blocks_needed.reset();
  if (plan_.challenge->good_blocks && graded.reason == GradeReason::failed_trials) {
    graded.among_good = good_blocks(plan_, judged_blocks());
  }
  return graded;
}

AttemptResult ChallengeAnalysis::result() const {
  const std::span<const Block> judged = judged_blocks();
  CellAnalysis compared(two_arm_plan(plan_, std::max<int>(1, static_cast<int>(judged.size()))));
  for (const Block& block : judged) compared.add(two_arm_block(block));
  compared.set_audit(audit_);
  AttemptResult result = compared.result();
  result.protocol = plan_.protocol;
  result.trials = blocks_.trials_started();
  result.void_blocks = blocks_.void_count();
  result.stop = stop_.value_or(Stop::interrupted);
  for (Comparison& comparison : result.comparisons) {
    comparison.stop = result.stop;
    comparison.cell = named_cell(plan_, comparison.cell.index);
    comparison.control = named_arm(plan_, kControl);
    comparison.treatment = named_arm(plan_, comparison.treatment.index);
  }
  result.challenge = challenge_result(result);
  return result;
}

}  // namespace assay::decide
