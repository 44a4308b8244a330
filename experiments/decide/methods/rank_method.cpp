#include "experiments/decide/methods/rank_method.hpp"

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/methods/fresh_blocks.hpp"

namespace assay::decide {

RankMethod::RankMethod(MetricTestDesign design, double margin)
    : design_(std::move(design)), margin_(margin), test_(sequential_test(design_, margin)) {}

void RankMethod::look(const PairedSeries& series, LookKind kind) {
  const std::vector<double> oriented = oriented_effects(design_.metric, series.effects);
  resolution_ = resolution_of(design_.metric, series, margin_);
  const stats::Stability stability = stability_of(design_.metric, series, margin_);
  look_ = kind == LookKind::last ? test_.final_look(oriented, resolution_, stability)
                                 : test_.look(oriented, resolution_, stability);
}

Effect RankMethod::confirm(const PairedSeries& fresh) {
  return effect_of_ranks(design_, margin_, fresh);
}

stats::SequentialTest sequential_test(const MetricTestDesign& design, double margin) {
  return stats::SequentialTest({.looks = design.looks,
                                .alpha = design.levels.sides,
                                .alpha_equivalence = design.levels.equivalence,
                                .margin = margin,
                                .kappa = design.kappa,
                                .seed = design.seed,
                                .intervals = design.rules.intervals,
                                .equivalence_boundary = design.rules.equivalence_boundary});
}

}  // namespace assay::decide
