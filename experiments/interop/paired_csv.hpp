#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/design/value_plan.hpp"
#include "experiments/interop/csv_table.hpp"

namespace assay::interop {

/// Names of the columns that hold the arms.
struct ArmColumns {
  std::string control = "control";
  std::string treatment = "treatment";
  std::optional<std::string> order = {};  ///< says which arm was first in each row
};

/// Reads separated values with one block in each row, in time order. Other columns are allowed.
/// The column of the order, if one is named, has the name of the column that was measured first, "control" or
/// "treatment", or 0 (control first) or 1 (treatment first).
/// \throws Error as `read_csv`, `column_of` and `numbers_in` do, and if both arms are the same column.
[[nodiscard]] std::vector<design::ValuePair> read_paired_csv(std::string_view text, std::string_view name,
                                                             const ArmColumns& columns, const CsvForm& form = {});

}  // namespace assay::interop
