#pragma once

#include <cstddef>
#include <vector>

#include "core/enum_names.hpp"

namespace assay {

/// How the values that one trial reports for its iterations develop (docs/methods/steady-state.md).
enum class SeriesClass {
  flat,             ///< one level throughout
  warm_up,          ///< ends at a steady level that is its best
  slow_down,        ///< ends at a steady level that is worse than an earlier one
  no_steady_state,  ///< still changing in its last quarter
};

/// The statistic of all iterations from `start` on.
struct ValueFromStart {
  int start = 0;
  double value = 0;
  friend bool operator==(const ValueFromStart&, const ValueFromStart&) = default;
};

/// What is kept about the iterations of one trial. It suffices to count from any start that another trial of the block
/// asks for.
struct SteadySeries {
  std::size_t metric = 0;  ///< index into the plan's metrics
  SeriesClass series_class = SeriesClass::flat;
  int iterations = 0;
  int steady_from = 0;                 ///< iterations before the steady state; three quarters of all if there is none
  std::vector<ValueFromStart> values;  ///< by ascending start, on the grid that all series share; at least one
  friend bool operator==(const SteadySeries&, const SteadySeries&) = default;
};

template <>
struct EnumNames<SeriesClass> {
  static constexpr std::array<std::string_view, 4> values = {"flat", "warm-up", "slow-down", "no-steady-state"};
};

}  // namespace assay
