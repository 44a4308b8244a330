#pragma once

#include "core/enum_names.hpp"
#include "experiments/planning/simulation/noise.hpp"

namespace assay::planning {

/// Built-in noises, each with one property. docs/methods/calibration.md has their parameters.
enum class SyntheticNoise {
  lognorm,       ///< steady: a standard deviation of 3 % a trial
  spikes,        ///< lognorm, and one trial in 20 takes twice as long
  gamma,         ///< a one-sided tail: 1 + 0.05 Gamma(1/2)
  bimodal,       ///< 3 trials in 10 take 10 % longer
  sticky_modes,  ///< the same two modes, each kept for 20 trials on average
  weak_trend,    ///< AR(1) with 0.3, and a trend of 10 % over the attempt
  strong_trend,  ///< AR(1) with 0.8, and the same trend
  quantised,     ///< lognorm trials of 30 ms on a clock of 1 ms
  order_effect,  ///< the second trial of a block is 6 % faster
  bursts,        ///< spells of 20 trials on average, 30 % slower and three times as noisy
  growing,       ///< thirty times as noisy at the end as at the start
};

/// Values around 1 (quantised: around 30). If a noise depends on the length of the attempt, `factors` gives it.
[[nodiscard]] Noise synthetic_noise(SyntheticNoise kind);

/// Steady noise. \param deviation  standard deviation of one trial on the logarithmic scale.
[[nodiscard]] Noise lognormal_noise(double deviation);

}  // namespace assay::planning

namespace assay {

template <>
struct EnumNames<planning::SyntheticNoise> {
  static constexpr std::array<std::string_view, 11> values = {"lognorm",      "spikes",     "gamma",        "bimodal",
                                                              "sticky-modes", "weak-trend", "strong-trend", "quantised",
                                                              "order-effect", "bursts",     "growing"};
};

}  // namespace assay
