#include "experiments/decide/methods/exact_method.hpp"

#include <set>

#include <fmt/format.h>

#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/methods/fresh_blocks.hpp"

namespace assay::decide {
namespace {

/// One value of either arm cannot show that it is always the same.
constexpr std::size_t kFewestForExactness = 2;

/// Empty if each arm gave one and the same value in every trial.
std::optional<std::string> why_not_exact(const Metric& metric, const PairedSeries& series) {
  const auto varying = [&](std::string_view arm, const std::vector<double>& values,
                           const std::vector<double>& by_block) -> std::optional<std::string> {
    const std::set<double> distinct(values.begin(), values.end());
    const bool none_failed = failed_blocks(by_block) == 0;
    if (none_failed && distinct.size() == 1) return std::nullopt;
    const std::string what = none_failed
                                 ? fmt::format("{} different values in {} trials", distinct.size(), values.size())
                                 : "trials that failed and so no value";
    return fmt::format("{} was declared deterministic, but {} had {}: it is compared by the test, as a difference",
                       metric.name, arm, what);
  };
  const std::optional<std::string> control = varying("control", series.control_values, series.control);
  return control ? control : varying("treatment", series.treatment_values, series.treatment);
}

/// What a look says about a difference that is known.
stats::Look exact_look(std::span<const double> oriented, double margin, double kappa_margin) {
  const double effect = oriented.front();
  stats::Look look;
  look.blocks = static_cast<int>(oriented.size());
  look.estimate = effect;
  look.repeated = {effect, effect};
  look.equivalence = {effect, effect};
  look.below_zero = effect < 0;
  look.above_zero = effect > 0;
  look.below_kappa_margin = effect < -kappa_margin;
  look.above_kappa_margin = effect > kappa_margin;
  look.note({.not_above = effect < margin, .not_below = -margin < effect, .beyond = effect >= margin});
  return look;
}

}  // namespace

ExactMethod::ExactMethod(MetricTestDesign design, double margin, std::unique_ptr<Method> otherwise)
    : design_(std::move(design)), margin_(margin), otherwise_(std::move(otherwise)) {}

void ExactMethod::look(const PairedSeries& series, LookKind kind) {
  otherwise_->look(series, kind);
  exact_.reset();
  remark_.reset();
  if (std::optional<std::string> why = why_not_exact(design_.metric, series)) {
    remark_ = Remark{DiagnosticKind::varies, std::move(*why)};
  } else if (series.effects.size() >= kFewestForExactness) {
    exact_ = exact_look(oriented_effects(design_.metric, series.effects), margin_, design_.kappa * margin_);
  }
}

Effect ExactMethod::confirm(const PairedSeries& fresh) {
  if (!exact_) return otherwise_->confirm(fresh);
  const std::unique_ptr<Method> once = looked_at_once(design_, fresh);
  if (!remark_) remark_ = once->remark();
  return effect_of(*once, design_);
}

}  // namespace assay::decide
