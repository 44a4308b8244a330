#include "experiments/decide/metric_test.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "experiments/decide/diagnosis.hpp"
#include "stats/spending.hpp"
#include "stats/summary.hpp"

namespace assay::experiments {
namespace {

/// An observed metric without a margin is shown with its interval alone; the test needs some margin all the same.
constexpr double kUnusedMargin = 1;

/// One value of either arm cannot show that it is always the same.
constexpr std::size_t kFewestForExactness = 2;

/// Whether every value is 0 or 1. Fixed at the first look, which knows nothing of which arm is which.
bool is_yes_or_no(const PairedSeries& series) {
  const auto all = [](const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return value == 0 || value == 1; });
  };
  return all(series.control_values) && all(series.treatment_values);
}

std::vector<double> signs_of(const std::vector<double>& effects) {
  std::vector<double> signs;
  for (const double effect : effects) signs.push_back(effect > 0 ? 1 : effect < 0 ? -1 : 0);
  return signs;
}

/// Of the level that may be used up by the look at all of these effects.
double spending_share(const std::vector<int>& looks, std::span<const double> effects, LookKind kind) {
  if (kind == LookKind::last) return 1;
  const auto look = std::find(looks.begin(), looks.end(), static_cast<int>(effects.size()));
  ASSAY_ASSERT(look != looks.end());
  return stats::log_spending(looks, 1)[static_cast<std::size_t>(look - looks.begin())];
}

/// Trials of control that failed, or whose share was not the best there is.
std::size_t fails_of_control(const Metric& metric, const PairedSeries& series) {
  const double best = metric.direction == Direction::higher ? 1 : 0;
  const auto bad = std::count_if(series.control_values.begin(), series.control_values.end(),
                                 [best](double value) { return value != best; });
  return static_cast<std::size_t>(bad) + series.effects.size() - series.control_values.size();
}

/// Nothing where each arm gave one and the same value in every trial.
std::optional<std::string> why_not_exact(const Metric& metric, const PairedSeries& series) {
  const auto varying = [&](std::string_view arm, const std::vector<double>& values) -> std::optional<std::string> {
    const std::set<double> distinct(values.begin(), values.end());
    if (values.size() == series.effects.size() && distinct.size() == 1) return std::nullopt;
    const std::string what = values.size() == series.effects.size()
                                 ? fmt::format("{} different values in {} trials", distinct.size(), values.size())
                                 : "trials that failed and so no value";
    return fmt::format("{} was declared deterministic, but {} had {}: it is compared by the test, as a difference",
                       metric.name, arm, what);
  };
  const std::optional<std::string> control = varying("control", series.control_values);
  return control ? control : varying("treatment", series.treatment_values);
}

/// What a look says of a difference that is known.
stats::Look exact_look(std::span<const double> oriented, double margin, double kappa) {
  const double effect = oriented.front();
  stats::Look look;
  look.blocks = static_cast<int>(oriented.size());
  look.estimate = effect;
  look.repeated = {effect, effect};
  look.equivalence = {effect, effect};
  look.below_zero = effect < 0;
  look.above_zero = effect > 0;
  look.below_kappa_margin = effect < -kappa * margin;
  look.above_kappa_margin = effect > kappa * margin;
  look.not_above_margin = effect < margin;
  look.not_below_margin = effect > -margin;
  look.equivalent = look.not_above_margin && look.not_below_margin;
  return look;
}

}  // namespace

double margin_on_scale(const Metric& metric, const std::vector<double>& control_values) {
  if (!metric.margin) return kUnusedMargin;
  const double share = metric.margin->fraction();
  double margin = share;
  if (metric.kind == MetricKind::positive) margin = std::log1p(share);
  if (metric.kind == MetricKind::difference || metric.kind == MetricKind::deterministic) {
    margin = control_values.empty() ? 0 : share * std::abs(stats::median(control_values));
  }
  return std::max(margin, kForgivesNothing);
}

void MetricTest::begin(const PairedSeries& series) {
  margin_ = margin_on_scale(design_.metric, series.control_values);
  test_.emplace(stats::SequentialDesign{.looks = design_.looks,
                                        .alpha = design_.levels.sides,
                                        .alpha_equivalence = design_.levels.equivalence,
                                        .margin = margin_,
                                        .kappa = design_.kappa,
                                        .seed = design_.seed});
  if (design_.metric.kind != MetricKind::proportion || !is_yes_or_no(series)) return;
  shares_.emplace(ShareTestDesign{design_.levels, design_.kappa, margin_, design_.looks});
}

void MetricTest::look(const PairedSeries& series, LookKind kind) {
  if (!unreadable_) unreadable_ = series.unreadable;
  if (unreadable_ || series.effects.empty()) return;
  if (!test_) begin(series);
  std::vector<double> oriented = series.effects;
  for (double& effect : oriented) effect *= worse_sign(design_.metric);
  const bool last = kind == LookKind::last;
  const double resolution = resolution_of(design_.metric, series, margin_);
  const std::vector<double> tested = shares_ ? signs_of(oriented) : oriented;
  last_look_ = last ? test_->final_look(tested, resolution) : test_->look(tested, resolution);
  if (shares_) {
    last_look_ = shares_->look(discordant_counts(oriented), *last_look_, spending_share(design_.looks, oriented, kind));
  }
  if (design_.metric.kind == MetricKind::deterministic) judge_exactness(series, oriented);
  const bool never_failed_in_control = fails_of_control(design_.metric, series) == 0;
  const bool fails = discordant_counts(oriented).treatment_worse > 0;
  vetoes_ = last_look_->above_zero || (shares_ && fails && never_failed_in_control);
}

void MetricTest::judge_exactness(const PairedSeries& series, std::span<const double> oriented) {
  varies_ = why_not_exact(design_.metric, series);
  exact_ = !varies_ && oriented.size() >= kFewestForExactness;
  if (exact_) last_look_ = exact_look(oriented, margin_, design_.kappa);
}

std::optional<DiscordantCounts> MetricTest::discordant() const {
  if (!shares_ || !can_tell()) return std::nullopt;
  return shares_->counts();
}

Interval MetricTest::as_measured(const Interval& oriented) const {
  if (worse_sign(design_.metric) > 0) return oriented;
  return {-oriented.high, -oriented.low};
}

std::optional<double> MetricTest::estimate() const {
  if (!can_tell()) return std::nullopt;
  return worse_sign(design_.metric) * last_look_->estimate;
}

std::optional<Interval> MetricTest::interval() const {
  if (!can_tell()) return std::nullopt;
  return as_measured(last_look_->repeated);
}

std::optional<Effect> MetricTest::effect() const {
  if (!can_tell()) return std::nullopt;
  Effect effect;
  effect.estimate = *estimate();
  effect.interval = *interval();
  if (exact_) {
    effect.confidence = 1;
    effect.estimator = "exact";
    return effect;
  }
  if (shares_) effect.estimator = "share-difference";
  effect.confidence = confidence_of(design_.levels.sides);
  effect.p = test_->p_value();
  return effect;
}

std::optional<EquivalenceInterval> MetricTest::equivalence() const {
  if (!can_tell() || !design_.metric.margin) return std::nullopt;
  return EquivalenceInterval{as_measured(last_look_->equivalence), exact_ ? 1 : 1 - 2 * design_.levels.equivalence};
}

}  // namespace assay::experiments
