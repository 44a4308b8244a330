#pragma once

#include <optional>
#include <string_view>

#include "core/trial.hpp"

namespace assay::trial {

/// The value of a built-in metric, in its unit; nothing where the kernel did not tell it.
/// `name` is one of `built_in_metrics()`.
[[nodiscard]] std::optional<double> built_in_value(std::string_view name, const Usage& usage);

}  // namespace assay::trial
