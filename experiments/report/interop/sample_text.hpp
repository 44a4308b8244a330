#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "experiments/interop/imports/sample_comparison.hpp"

namespace assay::report {

/// One comparison in full, or a line for each of several. \param time_unit  as in TextStyle.
[[nodiscard]] std::string sample_text(const interop::ComparedFiles& compared, std::string_view time_unit);
[[nodiscard]] nlohmann::json sample_json(const interop::ComparedFiles& compared);

}  // namespace assay::report
