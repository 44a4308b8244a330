#include "experiments/decide/methods/costly_method.hpp"

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/methods/fresh_blocks.hpp"

namespace assay::decide {

CostlyMethod::CostlyMethod(MetricTestDesign design, double margin)
    : design_(std::move(design)),
      margin_(margin),
      test_({.strata = design_.strata,
             .looks = static_cast<int>(design_.looks.size()),
             .alpha = design_.levels.sides,
             .alpha_equivalence = design_.levels.equivalence,
             .margin = margin,
             .kappa = design_.kappa,
             .intervals = design_.rules.intervals}) {}

void CostlyMethod::look(const PairedSeries& series, LookKind kind) {
  const std::vector<double> effects = oriented_effects(design_.metric, series.effects);
  const std::vector<double> control = oriented_values(design_.metric, series.control);
  const std::vector<double> treatment = oriented_values(design_.metric, series.treatment);
  const stats::CostlyValues values{.control = control, .treatment = treatment, .effects = effects};
  resolution_ = resolution_of(design_.metric, series, margin_);
  look_ = kind == LookKind::last ? test_.final_look(values, resolution_) : test_.look(values, resolution_);
}

Effect CostlyMethod::confirm(const PairedSeries& fresh) {
  return effect_of_ranks(design_, margin_, fresh);
}

}  // namespace assay::decide
