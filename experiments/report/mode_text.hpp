#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::report {

/// What is unusual about how a plan measures and infers, a sentence each; none where everything is as by default.
[[nodiscard]] std::vector<std::string> mode_sentences(const Plan& plan);

}  // namespace assay::report
