#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record/entry.hpp"
#include "core/record/review.hpp"

namespace assay::record {

/// Computes every rank, share and lever again from the trials of a baseline, and holds them against its section of an
/// attribution as it stands in the document. \pre the entry's content is a baseline
/// \param section  in Markdown; empty if the document has none
/// \returns nothing if no trial of the baseline reported a span, so that there is nothing to attribute.
[[nodiscard]] std::vector<ReviewItem> attribution_items(const Entry& baseline, std::string_view section);

/// Why the items of a review are not what the baseline's trials give; empty if they are. The document that was read
/// then need not be there any more.
[[nodiscard]] std::string flaw_in_attribution_items(const Entry& baseline, const std::vector<ReviewItem>& items);

}  // namespace assay::record
