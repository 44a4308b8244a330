#include "experiments/record/pages/attempt_views.hpp"

#include <cmath>

#include "core/trial.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/blocks/paired_series.hpp"

namespace assay::record {
namespace {

std::vector<report::PlottedTrial> trials_of(const Record& record, const Comparison& comparison) {
  const std::size_t metric = primary_metric(record.plan);
  std::vector<report::PlottedTrial> shown;
  for (const Block& block : record.blocks) {
    if (block.cell != comparison.cell.index || is_void(block)) continue;
    for (const Trial& trial : block.trials) {
      if (trial.arm != comparison.control.index && trial.arm != comparison.treatment.index) continue;
      const bool has_value = is_measured(trial.outcome) && metric < trial.values.size();
      shown.push_back({.order = static_cast<int>(shown.size()) + 1,
                       .block = block.number,
                       .arm = trial.arm,
                       .value = has_value ? trial.values[metric] : std::nullopt,
                       .outcome = describe(trial.outcome)});
    }
  }
  return shown;
}

std::vector<report::PlottedEffect> effects_of(const Record& record, const Comparison& comparison) {
  std::vector<report::PlottedEffect> effects;
  for (const double effect : block_effects(record, comparison)) {
    effects.push_back({static_cast<int>(effects.size()) + 1, effect});
  }
  return effects;
}

/// Adds what a look at this cell has shown to the comparisons that it is about.
void take_looks(const decide::AttemptAnalysis& analysis, std::size_t cell, std::vector<report::ComparisonView>& views) {
  const std::vector<decide::ComparisonOutline> outlines = analysis.outlines();
  for (std::size_t index = 0; index < views.size() && index < outlines.size(); ++index) {
    const decide::ComparisonOutline& outline = outlines[index];
    if (views[index].comparison.cell.index != cell || !outline.estimate || !outline.interval) continue;
    std::vector<report::PlottedLook>& looks = views[index].looks;
    if (!looks.empty() && looks.back().blocks == outline.blocks) continue;
    looks.push_back({outline.blocks, *outline.estimate, *outline.interval});
  }
}

/// A challenge is graded, not compared, so its looks have no interval of a comparison.
void add_looks(const Record& record, std::vector<report::ComparisonView>& views) {
  if (record.plan.challenge) return;
  decide::AttemptAnalysis analysis(record.plan);
  for (const Block& block : record.blocks) {
    const bool is_look = !is_void(block) && analysis.blocks_to_next_look(block.cell) == 1;
    analysis.add(block);
    if (is_look) take_looks(analysis, block.cell, views);
  }
}

}  // namespace

std::vector<double> block_effects(const Record& record, const Comparison& comparison) {
  if (is_race(record.plan)) return {};
  decide::CellBlocks blocks(record.plan, comparison.cell.index);
  for (const Block& block : record.blocks) {
    if (block.cell == comparison.cell.index) blocks.add(block);
  }
  return decide::paired_series(record.plan,
                               {primary_metric(record.plan), comparison.treatment.index, comparison.control.index},
                               blocks.leading())
      .effects;
}

std::vector<report::ComparisonView> attempt_views(const Record& record) {
  std::vector<report::ComparisonView> views;
  for (const Comparison& comparison : record.result.comparisons) {
    views.push_back({.comparison = comparison,
                     .kappa = record.plan.protocol.kappa,
                     .trials = trials_of(record, comparison),
                     .effects = effects_of(record, comparison),
                     .looks = {}});
  }
  if (!is_race(record.plan)) add_looks(record, views);
  return views;
}

}  // namespace assay::record
