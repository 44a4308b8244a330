#pragma once

#include <string>
#include <vector>

#include "experiments/adversary/reports/contradictions.hpp"

namespace assay::adversary {

/// Whether two figures differ by more than rounding.
[[nodiscard]] bool differ(double one, double other);
/// "4x", "3-4x" \param statement  has a stated ratio
[[nodiscard]] std::string ratio_text(const Statement& statement);

/// Ratios outside of tables that may be said of one change and are not the same: those below one heading, as far as the
/// text does not name different things.
void find_several_ratios(const std::vector<Passage>& passages, const std::vector<Statement>& statements,
                         std::vector<Contradiction>& all);

}  // namespace assay::adversary
