#include "experiments/decide/methods/anytime_method.hpp"

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/methods/fresh_blocks.hpp"

namespace assay::decide {
namespace {

template <class Value>
void follow(std::vector<Value>& seen, const std::vector<Value>& values) {
  seen.insert(seen.end(), values.begin() + std::ssize(seen), values.end());
}

/// Adds what was measured since, as far as a resolution depends on it.
void follow(PairedSeries& seen, const PairedSeries& series) {
  follow(seen.effects, series.effects);
  follow(seen.control, series.control);
  follow(seen.treatment, series.treatment);
  follow(seen.treatment_position, series.treatment_position);
}

}  // namespace

AnytimeMethod::AnytimeMethod(MetricTestDesign design, double margin)
    : design_(std::move(design)),
      margin_(margin),
      test_({.alpha = design_.levels.sides,
             .alpha_equivalence = design_.levels.equivalence,
             .margin = margin,
             .kappa = design_.kappa,
             .intervals = design_.rules.intervals}) {}

void AnytimeMethod::look(const PairedSeries& series, LookKind) {
  const std::span<const double> fresh = std::span(series.effects).subspan(seen_.effects.size());
  follow(seen_, series);
  resolution_.reset();
  look_ = test_.look_further(oriented_effects(design_.metric, fresh), [this] { return resolution(); });
  crossed_ = crossed_ || look_.below_zero || look_.above_zero;
  is_complete_ = false;
}

Effect AnytimeMethod::confirm(const PairedSeries& fresh) {
  return effect_of_ranks(design_, margin_, fresh);
}

const stats::Look& AnytimeMethod::last_look() const {
  if (!is_complete_) {
    look_ = test_.completed(look_, resolution(), stability_of(design_.metric, seen_, margin_));
  }
  is_complete_ = true;
  return look_;
}

double AnytimeMethod::resolution() const {
  if (!resolution_) resolution_ = resolution_of(design_.metric, seen_, margin_);
  return *resolution_;
}

}  // namespace assay::decide
