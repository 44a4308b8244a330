#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/check.hpp"

namespace assay::trial {

/// The report without one of the tests that passed; empty if there is none that can be removed.
/// \param skipped  how many tests that passed to leave in before it
[[nodiscard]] std::optional<std::string> without_one_test(ReportFormat format, std::string_view text,
                                                          std::size_t skipped = 0);

}  // namespace assay::trial
