#pragma once

#include <string>
#include <string_view>

namespace assay::host {

/// The environment variable that tells an assay inside a trial which experiments it is inside of.
inline constexpr const char* kLineageVariable = "ASSAY_LINEAGE";

/// What a trial's environment says: the experiments around this process, and the one with this hash.
[[nodiscard]] std::string lineage_with(std::string_view hypothesis_sha256);

/// Refuses to run an experiment inside a trial of itself, which would never end, and more than eight experiments inside
/// each other.
/// \throws Error (refused).
void refuse_recursion(std::string_view hypothesis_sha256);

}  // namespace assay::host
