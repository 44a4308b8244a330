#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::report {

/// What is unusual about how a protocol measures and infers, a sentence each; empty if everything is as by default.
[[nodiscard]] std::vector<std::string> mode_sentences(const Protocol& protocol);

}  // namespace assay::report
