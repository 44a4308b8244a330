#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

using std::chrono::nanoseconds;

/// A size in memory or on disk.
struct Bytes {
  std::int64_t count = 0;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// A share or a relative change: 3 means 3 %.
struct Percent {
  double value = 0;
  [[nodiscard]] constexpr double fraction() const { return value / 100; }
  friend auto operator<=>(const Percent&, const Percent&) = default;
};

/// Reads "1.5 s", "10min", "250ms", "2h30min". The units are ns, us (or µs), ms, s, min, h, d; a unit is required.
/// \throws Error that shows the text and the accepted units.
[[nodiscard]] nanoseconds parse_duration(std::string_view text);
/// Reads "1GiB", "500 MB", "64B". The units are B, kB, MB, GB, TB, KiB, MiB, GiB, TiB; a unit is required.
[[nodiscard]] Bytes parse_bytes(std::string_view text);
/// Reads "3%", "0.5 %". The percent sign is required.
[[nodiscard]] Percent parse_percent(std::string_view text);

/// True for a unit of time or size, or a size per time: "ms", "sec", "KiB", "MB/s".
[[nodiscard]] bool is_unit(std::string_view text);
/// The factor from one unit to another: 0.001 from "us" to "ms", 1e6 from "MB/s" to "B/s", 1000 from "kreq/s" to
/// "req/s", 1000 from "k" to any unit that is no time. As everywhere, kB and MB are powers of 1000, KiB and MiB of
/// 1024. std::nullopt if there is none.
[[nodiscard]] std::optional<double> conversion_factor(std::string_view from, std::string_view to);

/// At least three significant digits with a readable unit: "324 s", "5.31 s", "41.3 ms", "2 min 10 s".
[[nodiscard]] std::string format_duration(nanoseconds duration);
/// A size with decimal prefixes: "1.38 MB", "64 B".
[[nodiscard]] std::string format_bytes(double bytes);
/// A value of a metric with its unit, scaled for reading: seconds and bytes as above, "12.3 1/s", "0.97".
[[nodiscard]] std::string format_quantity(double value, std::string_view unit);
/// A change with its sign: "+3.2 %", "-80.8 %", "+0.05 %".
[[nodiscard]] std::string format_change(double percent);

}  // namespace assay
