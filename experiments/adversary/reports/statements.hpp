#pragma once

#include <vector>

#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// The statements of measurable effects in a document, in the order of its lines: at most one of each kind in a line.
/// It goes by figures and the English words beside them, so it misses what is said without a figure ("much faster") or
/// in another language, and takes some figures for effects that are none. docs/methods/reading-claims.md says how many.
[[nodiscard]] std::vector<Statement> statements_in(const std::vector<Passage>& passages);

}  // namespace assay::adversary
