#include "experiments/decide/methods/method.hpp"

#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/methods/anytime_method.hpp"
#include "experiments/decide/methods/costly_method.hpp"
#include "experiments/decide/methods/exact_method.hpp"
#include "experiments/decide/methods/rank_method.hpp"
#include "experiments/decide/methods/share_method.hpp"

namespace assay::decide {
namespace {

std::unique_ptr<Method> estimating_method(const MetricTestDesign& design, double margin, const PairedSeries& series) {
  if (!design.strata.empty()) return std::make_unique<CostlyMethod>(design, margin);
  if (design.anytime) return std::make_unique<AnytimeMethod>(design, margin);
  // Only a sequential test knows how much of its level each look may use up.
  const bool is_share = design.metric.kind == MetricKind::proportion && is_yes_or_no(series);
  if (is_share) return std::make_unique<ShareMethod>(design, margin);
  return std::make_unique<RankMethod>(design, margin);
}

}  // namespace

std::unique_ptr<Method> choose_method(const MetricTestDesign& design, double margin, const PairedSeries& series) {
  std::unique_ptr<Method> method = estimating_method(design, margin, series);
  if (design.metric.kind != MetricKind::deterministic) return method;
  return std::make_unique<ExactMethod>(design, margin, std::move(method));
}

ShownP shown_p(std::optional<double> p, bool crossed, double level, const RuleSet& rules) {
  const bool bounded = rules.p == PrintedP::at_most_the_level && crossed && p && *p > level;
  return bounded ? ShownP{level, true} : ShownP{p};
}

Effect effect_of(const Method& method, const MetricTestDesign& design) {
  const stats::Look& look = method.last_look();
  const double confidence = confidence_of(design.levels.sides);
  const ShownP p = shown_p(method.p_value(), method.crossed(), level_of(design.levels.sides), design.rules);
  return {.estimate = worse_sign(design.metric) * look.estimate,
          .interval = turned(design.metric, look.repeated),
          .confidence = method.estimator() == Estimator::exact ? 1 : confidence,
          .estimator = method.estimator(),
          .p = p.p,
          .p_is_bound = p.is_bound};
}

}  // namespace assay::decide
