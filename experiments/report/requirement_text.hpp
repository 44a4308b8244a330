#pragma once

#include <string>

#include "core/requirement_change.hpp"

namespace assay::report {

/// "check same output is gone (it failed in 0001-poll)", "guard-margin mem is 30 %, was 5 % (in 0001-poll); allowed:
/// ...".
[[nodiscard]] std::string change_text(const RequirementChange& change);

}  // namespace assay::report
