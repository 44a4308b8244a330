#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "experiments/adversary/reports/reading/quantities.hpp"

namespace assay::adversary {

/// The front of a line that a tool printed: "Bench.parse  10000  avgt  3  39.1 us/op" has the name "bench.parse 10000
/// avgt 3".
struct MeasuredRow {
  std::string name;            ///< what stands before the first figure, in lower case with single blanks
  std::size_t figure_at = 0;   ///< where the first number with a unit or decimals begins, in bytes
  std::string_view unit = {};  ///< as it is written; a part of the line
  Quantity value;
};
/// std::nullopt if the line has no such figure, or no name or a long one before it.
[[nodiscard]] std::optional<MeasuredRow> measured_row(std::string_view line);

}  // namespace assay::adversary
