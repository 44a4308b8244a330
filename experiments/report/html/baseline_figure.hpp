#pragma once

#include <string>

#include "core/record/baseline_figures.hpp"
#include "experiments/report/html/picture.hpp"

namespace assay::report {

/// The phases of a baseline by their share of the wall time, each workload with its states beside each other. Empty if
/// no trial reported a span.
[[nodiscard]] std::string phase_figures(const BaselineFigures& figures, PictureData& data);

}  // namespace assay::report
