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

/// True for "1e400": a number as JSON writes it, but beyond what a double holds.
[[nodiscard]] bool is_beyond_a_double(std::string_view token);

/// "ms" for "(ms)" and "[ms]"; other texts as they are.
[[nodiscard]] std::string_view without_brackets(std::string_view unit);

/// The unit that stands behind a number in a line: "ms" of " ms]", "  [ms]" and " (ms)"; empty if a word stands there
/// that is no unit.
[[nodiscard]] std::string unit_behind(std::string_view rest_of_line);

/// The unit that stands before a number in a line: "ms" of "time/ms ", "time_ms=", "time [ms]: " and "ms: "; empty if
/// there is none. "requests/s" is no time.
[[nodiscard]] std::string unit_before(std::string_view line_before);

/// Why a number cannot be compared exactly, as a deterministic metric must be; empty if it can.
[[nodiscard]] std::optional<std::string> why_inexact(const WrittenNumber& number, const Metric& metric);

}  // namespace assay::trial
