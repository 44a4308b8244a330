#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "experiments/interop/csv_table.hpp"
#include "experiments/planning/simulation/trace.hpp"

namespace assay::interop {

/// Names of the columns of a trace.
struct TraceColumns {
  std::optional<std::string> value;  ///< empty: the only column that there is
  std::optional<std::string> group;  ///< rows with the same text in it come from one machine; empty: all rows do
};

/// Reads a trace: separated values with one trial in each row, in time order. Other columns are allowed.
/// A file of one column needs no name in its first line: a number there is a value, unless a column is named.
/// \throws Error as `read_csv`, `column_of`, `only_column_of` and `numbers_in` do.
[[nodiscard]] planning::Trace read_trace_csv(std::string_view text, std::string_view name, const TraceColumns& columns,
                                             const CsvForm& form = {});

}  // namespace assay::interop
