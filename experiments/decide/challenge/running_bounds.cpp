#include "experiments/decide/challenge/running_bounds.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace assay::decide {
namespace {

constexpr double kNoBound = std::numeric_limits<double>::infinity();

stats::SequentialDesign design_of(BoundsDesign design) {
  // Only the interval is used, so margin and kappa are any that are allowed.
  return {.looks = std::move(design.looks),
          .alpha = {design.alpha / 2, design.alpha / 2},
          .margin = 1,
          .kappa = 0,
          .seed = design.seed,
          .sign_vectors = design.sign_vectors};
}

}  // namespace

RunningBounds::RunningBounds(BoundsDesign design) : test_(design_of(std::move(design))), bounds_{-kNoBound, kNoBound} {}

void RunningBounds::look(std::span<const double> effects, double step) {
  take(test_.look(effects), step);
}

void RunningBounds::final_look(std::span<const double> effects, double step) {
  take(test_.final_look(effects), step);
}

void RunningBounds::take(const stats::Look& look, double step) {
  const Interval narrowed{std::max(bounds_.low, look.repeated.low), std::min(bounds_.high, look.repeated.high)};
  bounds_ = narrowed.low <= narrowed.high ? narrowed : look.repeated;
  step_ = step;
  estimate_ = look.estimate;
}

}  // namespace assay::decide
