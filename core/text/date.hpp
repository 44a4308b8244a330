#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

/// A day of the calendar, in UTC.
using Date = std::chrono::sys_days;

/// Reads "2026-03-01". \throws Error that shows the text and the accepted format.
[[nodiscard]] Date parse_date(std::string_view text);
/// "2026-03-01"
[[nodiscard]] std::string format_date(Date date);
/// The day that contains a Unix time.
[[nodiscard]] Date date_of(std::int64_t unix_ns);

}  // namespace assay
