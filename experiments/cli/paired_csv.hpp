#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/design/value_plan.hpp"

namespace assay::cli {

/// The columns that hold the arms, by the names in the file's first line.
struct ArmColumns {
  std::string control = "control";
  std::string treatment = "treatment";
};

/// Reads comma-separated values with one block a row, in time order. Other columns are allowed.
/// \throws Error as `read_csv`, `column_of` and `number_in`.
[[nodiscard]] std::vector<design::ValuePair> read_paired_csv(std::string_view text, std::string_view name,
                                                             const ArmColumns& columns);

}  // namespace assay::cli
