#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/check.hpp"

namespace assay::trial {

/// The report without one of the tests that passed; empty if there is none that can be removed.
[[nodiscard]] std::optional<std::string> without_one_test(ReportFormat format, std::string_view text);

}  // namespace assay::trial
