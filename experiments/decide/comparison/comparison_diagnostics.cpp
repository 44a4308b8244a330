#include "experiments/decide/comparison/comparison_diagnostics.hpp"

#include <utility>

#include <fmt/format.h>

#include "experiments/decide/blocks/margin.hpp"
#include "experiments/decide/blocks/steadiness.hpp"
#include "experiments/decide/comparison/moved_controls.hpp"
#include "experiments/decide/rules/controls_cpu.hpp"
#include "experiments/decide/rules/first_warm_up.hpp"
#include "experiments/decide/rules/memory_pressure.hpp"
#include "experiments/decide/rules/node_effects.hpp"
#include "experiments/decide/rules/order_rule.hpp"
#include "experiments/decide/rules/outlived.hpp"
#include "experiments/decide/rules/outside_clock.hpp"
#include "experiments/decide/rules/self_reported.hpp"
#include "experiments/decide/rules/stopped_trials.hpp"
#include "experiments/decide/rules/unannounced.hpp"

namespace assay::decide {
namespace {

Diagnostic void_blocks_diagnostic(const CellBlocks& blocks, ArmIndex treatment) {
  Diagnostic diagnostic{.kind = DiagnosticKind::void_blocks};
  diagnostic.flag = blocks.void_count() > 0;
  diagnostic.statistic = blocks.void_count();
  if (diagnostic.flag) {
    diagnostic.note = fmt::format(
        "{} {} run again, since a hook or the proof of the state failed: in {} trials of control and {} of treatment",
        blocks.void_count(), blocks.void_count() == 1 ? "block was" : "blocks were",
        blocks.void_trials_by_arm()[kControl], blocks.void_trials_by_arm()[treatment]);
  }
  return diagnostic;
}

Diagnostic found(DiagnosticKind kind, std::string note) {
  return {.kind = kind, .flag = true, .note = std::move(note)};
}

/// Adds a diagnostic for lost blocks and one for failed conclude hooks, if there were any.
void add_interruptions(const CellBlocks& blocks, ArmIndex treatment, std::vector<Diagnostic>& diagnostics) {
  if (const int lost = blocks.lost_count(); lost > 0) {
    Diagnostic& diagnostic = diagnostics.emplace_back(found(
        DiagnosticKind::lost_blocks,
        fmt::format("{} lost after a trial had started, and run again: whatever the new trials show, every test takes "
                    "{} at the worst for what it is to show",
                    lost == 1 ? "1 block was" : fmt::format("{} blocks were", lost), lost == 1 ? "it" : "them")));
    diagnostic.statistic = lost;
  }
  const int of_control = blocks.failed_concludes()[kControl];
  const int of_treatment = blocks.failed_concludes()[treatment];
  if (of_control + of_treatment == 0) return;
  Diagnostic& diagnostic = diagnostics.emplace_back(found(
      DiagnosticKind::failed_concludes,
      fmt::format("conclude failed after {} of control's trials and {} of treatment's, and was run once more; the "
                  "trials before it stand",
                  of_control, of_treatment)));
  diagnostic.statistic = of_control + of_treatment;
}

/// Adds a diagnostic of the nodes, if a cluster ran the blocks.
void add_node_effects(const ComparisonEvidence& evidence, std::vector<Diagnostic>& diagnostics) {
  const ComparisonState& comparison = evidence.comparison;
  const ComparisonSettings settings{.cell = comparison.cell(), .treatment = comparison.treatment()};
  if (auto effects = node_effects(evidence.plan.metrics[comparison.metrics().front()], series_of(evidence, 0),
                                  evidence.blocks, seed_of_diagnosis(evidence.plan, settings))) {
    diagnostics.push_back(*std::move(effects));
  }
}

/// What readers should know about the values of single metrics.
void add_metric_diagnostics(const ComparisonEvidence& evidence, std::vector<Diagnostic>& diagnostics) {
  for (const MetricTest& test : evidence.comparison.tests()) {
    if (const Remark* const remark = test.remark()) diagnostics.push_back(found(remark->kind, remark->sentence));
    if (test.last_look() && test.last_look()->falls_back) {
      diagnostics.push_back(
          found(DiagnosticKind::last_look_only,
                fmt::format("the looks at {} do not agree: its interval rests only on the last one, and what only "
                            "earlier looks had shown is not claimed",
                            test.metric().name)));
    }
    if (test.unreadable()) {
      diagnostics.push_back(
          found(DiagnosticKind::unreadable, unreadable_text(evidence.plan, test.metric(), *test.unreadable())));
    } else if (test.has_looked() && test.margin() == kForgivesNothing) {
      diagnostics.push_back(
          found(DiagnosticKind::zero_baseline,
                fmt::format("control's median of {} is 0, so that a margin in percent forgives nothing",
                            test.metric().name)));
    }
  }
}

/// Adds what the first warm-ups show, if less time is claimed.
void add_first_warm_up(const ComparisonEvidence& evidence, const Comparison& result,
                       std::vector<Diagnostic>& diagnostics) {
  const MetricResult& primary = result.metrics.front();
  const bool is_claimed = result.verdict == Verdict::improved && primary.effect &&
                          primary.metric.kind == MetricKind::positive && primary.effect->estimate < 0;
  if (!is_claimed) return;
  const ClaimedTime claim{result.cell.index, result.treatment, primary.effect->estimate};
  if (auto slow = slow_first_warm_up(evidence.audit, claim, evidence.blocks)) diagnostics.push_back(*std::move(slow));
  if (auto afresh = fresh_start(evidence.audit, claim, evidence.blocks)) diagnostics.push_back(*std::move(afresh));
}

/// What trials that nothing announced say against an improvement.
void add_unannounced(const ComparisonEvidence& evidence, const Comparison& result,
                     std::vector<Diagnostic>& diagnostics) {
  const MetricResult& primary = result.metrics.front();
  if (result.verdict != Verdict::improved || !primary.effect) return;
  const ClaimedImprovement claim{.cell = result.cell.index,
                                 .metric = evidence.comparison.metrics().front(),
                                 .treatment = result.treatment.index,
                                 .effect = primary.effect->estimate};
  if (const auto against = unannounced_contradiction(evidence.plan, claim, evidence.blocks, evidence.audit)) {
    diagnostics.push_back(found(DiagnosticKind::unannounced, contradiction_text(evidence.plan, claim, *against)));
  }
}

/// Nothing of it is known for blocks that were judged by the rules of 0.1.0.
void add_memory_pressure(const ComparisonEvidence& evidence, std::vector<Diagnostic>& diagnostics) {
  Diagnostic pressure = memory_pressure_diagnostic(evidence.blocks, evidence.comparison.treatment());
  if (pressure.flag) diagnostics.push_back(std::move(pressure));
}

void add_beside_the_clock(const ComparisonEvidence& evidence, std::vector<Diagnostic>& diagnostics) {
  const ComparisonState& comparison = evidence.comparison;
  const std::size_t primary = comparison.metrics().front();
  if (Diagnostic stopped = stopped_diagnostic(evidence.blocks, comparison.treatment()); stopped.flag) {
    diagnostics.push_back(std::move(stopped));
  }
  if (const auto excess = outside_clock_excess(evidence.plan, {.metric = primary, .treatment = comparison.treatment()},
                                               evidence.blocks)) {
    diagnostics.push_back(outside_clock_diagnostic(*excess));
  }
  if (auto elsewhere =
          work_elsewhere(evidence.plan, {.metric = primary, .treatment = comparison.treatment()}, evidence.blocks)) {
    diagnostics.push_back(*std::move(elsewhere));
  }
  if (auto disturbs = runs_on_controls_cpu(evidence.plan, comparison.treatment(), evidence.blocks)) {
    diagnostics.push_back(*std::move(disturbs));
  }
  if (auto contradicted = contradicted_by_wall(evidence.plan, {.metric = primary, .treatment = comparison.treatment()},
                                               evidence.blocks)) {
    diagnostics.push_back(*std::move(contradicted));
  }
}

}  // namespace

std::vector<Diagnostic> comparison_diagnostics(const ComparisonEvidence& evidence, const stats::Diagnosis& diagnosis,
                                               const Comparison& result) {
  const ComparisonState& comparison = evidence.comparison;
  std::vector<Diagnostic> diagnostics = diagnosis.diagnostics;
  diagnostics.push_back(void_blocks_diagnostic(evidence.cell, comparison.treatment()));
  add_interruptions(evidence.cell, comparison.treatment(), diagnostics);
  // Only if there were any: results of records from before it was counted have no such diagnostic.
  if (Diagnostic outlived = outlived_diagnostic(evidence.blocks, comparison.treatment()); outlived.flag) {
    diagnostics.push_back(std::move(outlived));
  }
  if (rules_of(evidence.plan).beside_the_clock == BesideTheClock::judged) add_beside_the_clock(evidence, diagnostics);
  if (has_one_order(evidence.plan, evidence.blocks)) {
    diagnostics.push_back(found(DiagnosticKind::one_order,
                                "every block had the same order: an effect of the order cannot be told from that of "
                                "the change"));
  }
  add_memory_pressure(evidence, diagnostics);
  add_node_effects(evidence, diagnostics);
  add_first_warm_up(evidence, result, diagnostics);
  add_unannounced(evidence, result, diagnostics);
  for (const MovedControl& moved : moved_controls(comparison)) diagnostics.push_back(confounded_diagnostic(moved));
  add_metric_diagnostics(evidence, diagnostics);
  for (const MetricResult& metric : result.metrics) {
    if (metric.steadiness) diagnostics.push_back(steadiness_diagnostic(metric.metric, *metric.steadiness));
  }
  if (comparison.stopped_at() && comparison.stop() == Stop::time &&
      rules_of(evidence.plan).confirmation == Confirmation::sequential_test) {
    diagnostics.push_back(
        found(DiagnosticKind::confirmation,
              fmt::format("max_time ended the confirmation after {} fresh blocks", result.fresh_blocks)));
    return diagnostics;
  }
  const int confirmatory = confirmatory_blocks(evidence.plan);
  if (comparison.stopped_at() && result.fresh_blocks < confirmatory) {
    diagnostics.push_back(
        found(DiagnosticKind::confirmation,
              fmt::format("{} of {} fresh blocks were run to confirm this", result.fresh_blocks, confirmatory)));
  }
  return diagnostics;
}

}  // namespace assay::decide
