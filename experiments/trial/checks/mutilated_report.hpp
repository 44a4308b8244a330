#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/check.hpp"

namespace assay::trial {

/// The same report less one test that passed; nothing where it holds none that can be taken out.
[[nodiscard]] std::optional<std::string> without_one_test(ReportFormat format, std::string_view text);

}  // namespace assay::trial
