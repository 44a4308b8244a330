#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/record/review.hpp"

namespace assay::record {

/// Holds every rank, share and lever that a record's trials give against those that the document states. Both are the
/// record's section of an attribution, in Markdown.
/// \param computed  as `attribution_section` works it out
/// \param stated  as it stands in the document; empty if that has none
/// \returns nothing if `computed` is empty: no trial reported a span, so there is nothing to attribute.
[[nodiscard]] std::vector<ReviewItem> attribution_items(std::string_view computed, std::string_view stated);

/// Why the items of a review are not what the record's trials give; empty if they are. The document that was read then
/// need not be there any more. \param computed  as above
[[nodiscard]] std::string flaw_in_attribution_items(std::string_view computed, const std::vector<ReviewItem>& items);

}  // namespace assay::record
