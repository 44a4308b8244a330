#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/metric.hpp"
#include "core/text/written_number.hpp"

namespace assay::trial {

/// A number, or why a text is none.
using NumberReading = std::variant<double, std::string>;

/// Reads a number as people and tools write it, and converts it to the metric's unit: "12.5", "1.02 ms", "18,794.12",
/// "12.5k". Digits may be grouped as `digits` says, or in any way that can be read only as one number: "7,845" needs it
/// to be said.
[[nodiscard]] NumberReading number_in_words(std::string_view text, const Metric& metric);

/// The unit that stands behind a number in a line: "ms" of " ms]"; empty if a word stands there that is no unit.
[[nodiscard]] std::string unit_behind(std::string_view rest_of_line);

/// Why a number cannot be compared exactly, as a deterministic metric must be; empty if it can.
[[nodiscard]] std::optional<std::string> why_inexact(const WrittenNumber& number, const Metric& metric);

}  // namespace assay::trial
