#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/result/result.hpp"
#include "experiments/report/html/picture.hpp"

namespace assay::report {

/// A trial of a comparison, in the order in which the trials ran.
struct PlottedTrial {
  int order = 1;  ///< counts from 1
  int block = 1;
  ArmIndex arm = kControl;
  std::optional<double> value;  ///< of the primary metric, in its unit
  std::string outcome;          ///< "measured", "exited 3"
};

/// The effect of a block on the analysis scale. \see PairedSeries
struct PlottedEffect {
  int block = 1;
  double effect = 0;  ///< infinite if a trial failed
};

/// What a look had shown, on the analysis scale.
struct PlottedLook {
  int blocks = 1;
  double estimate = 0;
  Interval interval;
};

/// What the pictures of one comparison are drawn from.
struct ComparisonView {
  const Comparison& comparison;
  double kappa = 0.5;
  std::vector<PlottedTrial> trials;
  std::vector<PlottedEffect> effects;
  std::vector<PlottedLook> looks;
};

/// Both arms over time, the effects of the blocks with the interval at each look, and how values are distributed. Empty
/// if nothing was measured.
[[nodiscard]] std::string comparison_figures(const ComparisonView& view, PictureData& data);

/// The levels of a race with the median and quartiles of each.
[[nodiscard]] std::string search_figure(const LevelSearch& search, const std::string& variable, PictureData& data);

}  // namespace assay::report
