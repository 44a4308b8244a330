#pragma once

#include <vector>

#include "core/design.hpp"

namespace assay::decide {

/// The one value that an arm's trials of a block are reduced to. \param values  at least one
[[nodiscard]] double inner_value(const std::vector<double>& values, InnerStatistic statistic);

}  // namespace assay::decide
