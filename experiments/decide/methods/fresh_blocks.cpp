#include "experiments/decide/methods/fresh_blocks.hpp"

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/margin.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/signed_rank.hpp"

namespace assay::decide {

Effect effect_of_ranks(const MetricTestDesign& design, double margin, const PairedSeries& fresh) {
  const double confidence = confidence_of(design.levels.sides);
  const stats::HodgesLehmann shift = stats::hodges_lehmann(fresh.effects, confidence);
  const double resolution = resolution_of(design.metric, fresh, margin);
  return {.estimate = shift.estimate,
          .interval = {shift.interval.low - resolution, shift.interval.high + resolution},
          .confidence = confidence,
          .p = stats::signed_rank_test(fresh.effects, stats::Alternative::two_sided).p};
}

std::unique_ptr<Method> looked_at_once(MetricTestDesign design, const PairedSeries& fresh) {
  design.anytime = false;
  design.looks = {static_cast<int>(fresh.effects.size())};
  std::unique_ptr<Method> method = choose_method(design, margin_on_scale(design.metric, fresh.control_values), fresh);
  method->look(fresh, LookKind::last);
  return method;
}

}  // namespace assay::decide
