#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record/review.hpp"

namespace assay::record {

/// One figure of an attribution, with the text that stands in the document.
struct AttributionFigure {
  ReviewAspect aspect = ReviewAspect::rank;  ///< rank, share or lever
  std::string of;                            ///< the workload; for a share with its state
  std::string name;                          ///< of the phase; for a lever, its place
  std::string text;
  friend bool operator==(const AttributionFigure&, const AttributionFigure&) = default;
};

/// Reads the tables and the levers of one section of docs/perf/attribution.md. Other lines are passed over.
[[nodiscard]] std::vector<AttributionFigure> attribution_figures(std::string_view section);

}  // namespace assay::record
