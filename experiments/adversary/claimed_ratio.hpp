#pragma once

#include <string>
#include <string_view>

#include "core/metric.hpp"

namespace assay::adversary {

/// How many times better treatment is if its value is this factor of control's; and the factor, if it is so many times
/// better.
[[nodiscard]] double better_ratio(double factor, Direction direction);

/// How many times better treatment is, by a text such as "4x", "-30%", "30% less", "30% faster", "25% more".
///
/// "x % less" multiplies the metric's value by 1 - x/100, "x % more" by 1 + x/100, as a signed percentage does. "x %
/// faster" is a ratio of 1 + x/100, whatever the metric: "30 % less time" is 1/0.7 = 1.43, "30 % faster" is 1.3. "4x"
/// is the ratio itself, and "4x faster", "4x less" and "4x more" say the same with the direction.
/// \throws Error with the text and what is accepted; with the way out if the text states a loss.
[[nodiscard]] double claimed_ratio(std::string_view text, Direction direction);

/// A change in percent as people write it, with its sign: "-30" is "-30%". Texts that say more stay as they are.
[[nodiscard]] std::string with_percent_sign(std::string_view text);

/// A value before and after the change, as people state them: "324 s" and "81 s".
struct BeforeAfter {
  double before = 0;
  double after = 0;
};
/// \throws Error if a value is not above 0, or the second is not better than the first.
[[nodiscard]] double claimed_ratio(const BeforeAfter& values, Direction direction);

}  // namespace assay::adversary
