#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// Two columns of a table of which one shows what was and the other what is.
struct TwoColumns {
  std::size_t old_one = 0;
  std::size_t new_one = 0;
  friend bool operator==(const TwoColumns&, const TwoColumns&) = default;
};

/// The pairs of columns whose heads name two sides: "Before" and "After", "master (ms)" and "patched (ms)", "v1" and
/// "v2". Empty if no head names one.
[[nodiscard]] std::vector<TwoColumns> two_sides_of(const std::vector<std::string>& header);

/// A figure of a cell without its error: of "98.7 +- 2 %", 98.7. The unit is that of the cell or the first in the other
/// texts. std::nullopt if the cell has no figure, or several.
[[nodiscard]] std::optional<ValueGroups> figure_of_cell(std::string_view cell);
/// Without "+- 2 %".
[[nodiscard]] std::string without_error(std::string_view text);
/// The unit that a head or a name ends with: "master (ms)", "Old GB/s". Empty if it has none.
[[nodiscard]] std::string unit_of_head(std::string_view head);

/// What a row says whose header has columns for both sides, or a column of changes behind two columns of values.
[[nodiscard]] std::vector<Statement> pairs_of_columns(const Passage& row);

}  // namespace assay::adversary
