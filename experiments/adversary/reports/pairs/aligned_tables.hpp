#pragma once

#include <vector>

#include "experiments/adversary/reports/reading/passages.hpp"

namespace assay::adversary {

/// The passages with the lines of plain-text tables as rows of their own: columns are kept apart by two or more blanks
/// below a head that names two sides, in a code block or a paragraph, or as benchstat prints them. Takes time by the
/// length of the text.
[[nodiscard]] std::vector<Passage> with_aligned_rows(std::vector<Passage> passages);

}  // namespace assay::adversary
