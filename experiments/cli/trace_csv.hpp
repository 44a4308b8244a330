#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "experiments/planning/simulation/trace.hpp"

namespace assay::cli {

/// The columns of a trace, by the names in the file's first line.
struct TraceColumns {
  std::optional<std::string> value;  ///< nothing: the only column there is
  std::optional<std::string> group;  ///< rows that share its text come from one machine; nothing: all do
};

/// Reads a trace: comma-separated values, one trial a row in time order. Other columns are allowed.
/// \throws Error as `read_csv`, `column_of` and `number_in`, and where several columns leave the choice open.
[[nodiscard]] planning::Trace read_trace_csv(std::string_view text, std::string_view name, const TraceColumns& columns);

}  // namespace assay::cli
