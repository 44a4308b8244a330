#pragma once

#include "experiments/design/value_plan.hpp"
#include "experiments/planning/simulation/play.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"

namespace assay::test {

/// Steady noise of 3 % a trial, margin 3 %, at most 60 blocks.
inline planning::Play small_play(Percent shift = Percent{0}) {
  Metric metric;
  metric.name = "value";
  metric.margin = Percent{3};
  Protocol protocol;
  protocol.max_blocks = 60;
  return {.plan = design::value_plan({.id = "simulate",
                                      .control = "control",
                                      .treatment = "treatment",
                                      .metric = metric,
                                      .protocol = protocol,
                                      .seed = Seed(1)}),
          .noise = planning::synthetic_noise(planning::SyntheticNoise::lognorm),
          .shift = shift};
}

}  // namespace assay::test
