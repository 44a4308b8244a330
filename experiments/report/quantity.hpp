#pragma once

#include <string>
#include <string_view>

namespace assay::report {

/// The unit in which a metric's values are shown, so that figures beside each other share it.
struct DisplayScale {
  double factor = 1;  ///< shown = value / factor
  std::string unit;   ///< "ms"; empty for a bare number
};

/// What suits this value of a metric with this unit: seconds from ns to h, bytes with decimal prefixes, others as they
/// are. `time_unit` ("us", "ms", "s") fixes the unit of times; empty: chosen.
[[nodiscard]] DisplayScale scale_for(double value, std::string_view unit, std::string_view time_unit = {});

/// "41.3 ms": three significant digits, more where the number is larger; "3.20e-9" below 1e-4 and from 1e12 on.
[[nodiscard]] std::string quantity_text(double value, const DisplayScale& scale);
/// "-3.21 ms", "+12.0 kB", "0 ms".
[[nodiscard]] std::string signed_quantity_text(double value, const DisplayScale& scale);
/// "41.3 ± 0.5 ms": the spread with the decimals of the value, or as many more as it takes to be seen;
/// "3.20e-9 ± 0.05e-9".
[[nodiscard]] std::string spread_text(double value, double spread, const DisplayScale& scale,
                                      std::string_view plus_minus);

/// "+3.2 %", "-80.8 %", "0.0 %": never a negative zero. For an infinite one: "unbounded".
[[nodiscard]] std::string change_text(double percent);
/// The same without its sign: "3.2 %".
[[nodiscard]] std::string amount_text(double percent);
/// A share or a setting as a person wrote it: 0.95 is "95 %", 0.975 "97.5 %".
[[nodiscard]] std::string share_text(double fraction);
/// "1.21" or "1.032": two decimals, three where it is within 10 % of 1, fewer from 10 on.
[[nodiscard]] std::string ratio_text(double ratio, double decimals_of);
/// The same of a ratio that is shown for itself. One that is not 1 gets as many decimals as it takes to tell it from
/// 1, up to nine: "1.0003", "0.99996".
[[nodiscard]] std::string beyond_one_text(double ratio);

/// "1 block", "24 blocks".
[[nodiscard]] std::string count_text(int count, std::string_view singular);
/// About how long, for plans: "45 s", "12 min", "3.5 h", "4 days".
[[nodiscard]] std::string rough_duration_text(double seconds);
/// 337 is 340: two significant digits, upwards.
[[nodiscard]] int rounded_up(int count);

}  // namespace assay::report
