#pragma once

#include <string_view>
#include <vector>

#include "core/record/review.hpp"

namespace assay::record {

/// Works the decision on an attempt out again from its blocks, and holds it against the record.
/// \param record_text  the record's file, with its blocks \throws Error if it is no record of an attempt
[[nodiscard]] std::vector<ReviewItem> decision_items(std::string_view record_text);

}  // namespace assay::record
