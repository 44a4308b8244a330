#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/seed.hpp"
#include "core/trial_parts/steady_series.hpp"

namespace assay::test {

/// How the expected time of an iteration goes on.
enum class SeriesShape {
  flat,
  step,         ///< warm-up: one level 1.2 to 3 times the steady one
  stairs,       ///< warm-up: two to four falling levels, the last one 1.15 to 1.4 times the steady one
  decay,        ///< warm-up: an excess of 0.5 to 3 that falls by e every 3 to 10 iterations
  slower,       ///< slow-down: 1.2 to 2 times slower from some iteration on
  cycle,        ///< never steady: a sine or a square wave with 4 to 20 periods of 20 iterations at least, +-10 to 30 %
  jumps,        ///< never steady: a new level of +-10 to 40 % every tenth of the series or so, to its end
  random_walk,  ///< never steady: a normal step of 3 % each iteration
};

/// What is put upon the expected time, on the logarithmic scale.
enum class SeriesNoiseKind {
  lognormal,       ///< 3 %
  spikes,          ///< and one iteration in 20 takes twice as long
  autocorrelated,  ///< 3 %, AR(1) with 0.3
  bimodal,         ///< 3 %, and three iterations in 10 take 10 % longer
};

struct LabelledSeries {
  std::vector<double> seconds;
  SeriesClass series_class = SeriesClass::flat;
  /// Iterations before the steady state. Of a decay: before its expected excess is below one standard deviation of the
  /// noise, which no look at single iterations can tell from none.
  std::size_t steady_from = 0;
};

struct SeriesRecipe {
  SeriesShape shape = SeriesShape::flat;
  SeriesNoiseKind noise = SeriesNoiseKind::lognormal;
  std::size_t iterations = 200;
};

[[nodiscard]] LabelledSeries labelled_series(const SeriesRecipe& recipe, Generator& generator);

}  // namespace assay::test

namespace assay {

template <>
struct EnumNames<test::SeriesShape> {
  static constexpr std::array<std::string_view, 8> values = {"flat",   "step",  "stairs", "decay",
                                                             "slower", "cycle", "jumps",  "random-walk"};
};

template <>
struct EnumNames<test::SeriesNoiseKind> {
  static constexpr std::array<std::string_view, 4> values = {"lognormal", "spikes", "AR(1) 0.3", "bimodal"};
};

}  // namespace assay
