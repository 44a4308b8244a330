#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assay::record {

/// What is wrong with a record by itself: its text is not canonical, its plan is not the one that was hashed, a block
/// did not run in the order that the seed gives, or its result does not follow from its blocks. Nothing: all is well.
[[nodiscard]] std::optional<std::string> flaw_in(std::string_view record_text);

}  // namespace assay::record
