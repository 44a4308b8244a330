#include "experiments/decide/methods/worst_case_method.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "experiments/decide/blocks/orientation.hpp"

namespace assay::decide {
namespace {

template <class Value>
void shorten(std::vector<Value>& values, std::size_t size) {
  if (values.size() > size) values.resize(size);
}

/// The series with a failure of one arm in each lost block.
PairedSeries with_failures(PairedSeries series, std::vector<double> PairedSeries::*arm, double effect) {
  for (const std::size_t block : series.lost) {
    (series.*arm)[block] = std::numeric_limits<double>::quiet_NaN();
    series.effects[block] = effect;
  }
  return series;
}

/// What each side shows by itself. Every end of an interval is that of the side which claims by it.
stats::Look joined(const stats::Look& plain, const stats::Look& better, const stats::Look& worse) {
  stats::Look look = plain;
  look.repeated = {worse.repeated.low, better.repeated.high};
  look.equivalence = {worse.equivalence.low, better.equivalence.high};
  look.below_zero = better.below_zero;
  look.above_zero = worse.above_zero;
  look.below_kappa_margin = better.below_kappa_margin;
  look.above_kappa_margin = worse.above_kappa_margin;
  look.not_above_margin = better.not_above_margin;
  look.not_below_margin = worse.not_below_margin;
  look.equivalent = look.not_above_margin && look.not_below_margin;
  look.too_few = plain.too_few || better.too_few || worse.too_few;
  look.beyond_margin = worse.beyond_margin;
  look.falls_back = better.falls_back || worse.falls_back;
  look.withdrawn = better.withdrawn || worse.withdrawn;
  return look;
}

}  // namespace

SeriesExtent extent_of(const PairedSeries& series) {
  return {.blocks = series.effects.size(),
          .control_values = series.control_values.size(),
          .treatment_values = series.treatment_values.size()};
}

PairedSeries prefix_of(const PairedSeries& series, const SeriesExtent& extent) {
  PairedSeries beginning = series;
  shorten(beginning.effects, extent.blocks);
  shorten(beginning.control, extent.blocks);
  shorten(beginning.treatment, extent.blocks);
  shorten(beginning.treatment_position, extent.blocks);
  shorten(beginning.control_values, extent.control_values);
  shorten(beginning.treatment_values, extent.treatment_values);
  std::erase_if(beginning.lost, [&](std::size_t block) { return block >= extent.blocks; });
  return beginning;
}

WorstCaseMethod::WorstCaseMethod(const MetricTestDesign& design, std::unique_ptr<Method> plain, MethodsOfSides sides)
    : metric_(design.metric),
      level_(level_of(design.levels.sides)),
      plain_(std::move(plain)),
      sides_(std::move(sides)) {}

void WorstCaseMethod::look(const PairedSeries& series, LookKind kind) {
  const double worst = worse_sign(metric_) * std::numeric_limits<double>::infinity();
  plain_->look(series, kind);
  sides_.with_failed_treatments->look(with_failures(series, &PairedSeries::treatment, worst), kind);
  sides_.with_failed_controls->look(with_failures(series, &PairedSeries::control, -worst), kind);
  claims_ = joined(plain_->claims(), sides_.with_failed_treatments->claims(), sides_.with_failed_controls->claims());
  crossed_ = crossed_ || claims_.below_zero || claims_.above_zero;
  remark_ = plain_->remark();
}

const stats::Look& WorstCaseMethod::last_look() const {
  last_look_ =
      joined(plain_->last_look(), sides_.with_failed_treatments->last_look(), sides_.with_failed_controls->last_look());
  return last_look_;
}

double WorstCaseMethod::resolution() const {
  return std::max(
      {plain_->resolution(), sides_.with_failed_treatments->resolution(), sides_.with_failed_controls->resolution()});
}

/// A difference is not known exactly if a block that may have shown another one was lost.
Estimator WorstCaseMethod::estimator() const {
  return sides_.with_failed_treatments->estimator();
}

/// The larger one is that of the side which is to be shown. If both were crossed only by the losses themselves, to
/// opposite sides, nothing is shown, and p is not below the level.
std::optional<double> WorstCaseMethod::p_value() const {
  const std::optional<double> better = sides_.with_failed_treatments->p_value();
  const std::optional<double> worse = sides_.with_failed_controls->p_value();
  if (!better || !worse) return std::nullopt;
  return std::max({*better, *worse, crossed_ ? 0 : level_});
}

}  // namespace assay::decide
