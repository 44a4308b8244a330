#include "tests/calibration/process_series.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay::test {
namespace {

constexpr double kDeviation = 0.03;
constexpr double kSteadySeconds = 0.01;

double between(Generator& generator, double low, double high) {
  return low + (high - low) * generator.uniform();
}

/// An iteration in the part of the series from `low` to `high`.
std::size_t iteration_between(Generator& generator, std::size_t iterations, double low, double high) {
  return static_cast<std::size_t>(between(generator, low, high) * static_cast<double>(iterations));
}

/// Standard deviation of one iteration, far values aside.
double deviation_of(SeriesNoiseKind noise) {
  const double mode_deviation = noise == SeriesNoiseKind::bimodal ? std::sqrt(0.3 * 0.7) * std::log(1.1) : 0;
  return std::hypot(kDeviation, mode_deviation);
}

/// Expected logarithms, 0 in the steady state, and where that begins.
struct Expected {
  std::vector<double> levels;
  SeriesClass series_class = SeriesClass::flat;
  std::size_t steady_from = 0;
};

Expected step(std::size_t iterations, Generator& generator) {
  Expected expected{std::vector<double>(iterations), SeriesClass::warm_up,
                    iteration_between(generator, iterations, 0.05, 0.5)};
  std::fill_n(expected.levels.begin(), expected.steady_from, std::log(between(generator, 1.2, 3)));
  return expected;
}

Expected stairs(std::size_t iterations, Generator& generator) {
  Expected expected = step(iterations, generator);
  const std::size_t count = 2 + generator.below(3);
  double level = std::log(between(generator, 1.15, 1.4));
  // From the last stair to the first, each higher than the one after it.
  for (std::size_t stair = count; stair-- > 0;) {
    const std::size_t first = stair * expected.steady_from / count;
    const std::size_t end = (stair + 1) * expected.steady_from / count;
    for (std::size_t at = first; at < end; ++at) expected.levels[at] = level;
    level += std::log(between(generator, 1.15, 1.6));
  }
  return expected;
}

Expected decay(const SeriesRecipe& recipe, Generator& generator) {
  Expected expected{std::vector<double>(recipe.iterations), SeriesClass::warm_up, 0};
  const double excess = between(generator, 0.5, 3);
  const double pace = between(generator, 3, 10);
  for (std::size_t at = 0; at < recipe.iterations; ++at) {
    expected.levels[at] = std::log1p(excess * std::exp(-static_cast<double>(at) / pace));
    if (expected.levels[at] >= deviation_of(recipe.noise)) expected.steady_from = at + 1;
  }
  return expected;
}

Expected slower(std::size_t iterations, Generator& generator) {
  Expected expected{std::vector<double>(iterations), SeriesClass::slow_down,
                    iteration_between(generator, iterations, 0.1, 0.5)};
  std::fill_n(expected.levels.begin(), expected.steady_from, -std::log(between(generator, 1.2, 2)));
  return expected;
}

Expected cycle(std::size_t iterations, Generator& generator) {
  Expected expected{std::vector<double>(iterations), SeriesClass::no_steady_state, 0};
  const double most_periods = std::min(20.0, static_cast<double>(iterations) / 20);
  const double periods = between(generator, 4, most_periods);
  const double height = between(generator, 0.1, 0.3);
  const double phase = generator.uniform();
  const bool square = generator.below(2) == 0;
  for (std::size_t at = 0; at < iterations; ++at) {
    const double place = phase + periods * static_cast<double>(at) / static_cast<double>(iterations);
    const double sine = std::sin(2 * std::numbers::pi * place);
    expected.levels[at] = height * (square ? std::copysign(1, sine) : sine);
  }
  return expected;
}

Expected jumps(std::size_t iterations, Generator& generator) {
  Expected expected{std::vector<double>(iterations), SeriesClass::no_steady_state, 0};
  double level = 0;
  std::size_t next = 0;
  for (std::size_t at = 0; at < iterations; ++at) {
    if (at == next) {
      level += std::copysign(std::log(between(generator, 1.1, 1.4)), level > 0 ? -1 : 1);
      next += iteration_between(generator, iterations, 0.07, 0.13);
    }
    expected.levels[at] = level;
  }
  return expected;
}

Expected random_walk(std::size_t iterations, Generator& generator) {
  Expected expected{std::vector<double>(iterations), SeriesClass::no_steady_state, 0};
  double level = 0;
  for (double& expected_level : expected.levels) expected_level = level += 0.03 * generator.normal();
  return expected;
}

Expected expected_levels(const SeriesRecipe& recipe, Generator& generator) {
  switch (recipe.shape) {
    case SeriesShape::flat:
      break;
    case SeriesShape::step:
      return step(recipe.iterations, generator);
    case SeriesShape::stairs:
      return stairs(recipe.iterations, generator);
    case SeriesShape::decay:
      return decay(recipe, generator);
    case SeriesShape::slower:
      return slower(recipe.iterations, generator);
    case SeriesShape::cycle:
      return cycle(recipe.iterations, generator);
    case SeriesShape::jumps:
      return jumps(recipe.iterations, generator);
    case SeriesShape::random_walk:
      return random_walk(recipe.iterations, generator);
  }
  return {std::vector<double>(recipe.iterations)};
}

/// The noise of one iteration after another.
class Disturbance {
 public:
  Disturbance(SeriesNoiseKind kind, Generator& generator) : kind_(kind), generator_(generator) {}

  double next() {
    const double fresh = kDeviation * generator_.normal();
    switch (kind_) {
      case SeriesNoiseKind::lognormal:
        return fresh;
      case SeriesNoiseKind::spikes:
        return fresh + (generator_.uniform() < 0.05 ? std::log(2.0) : 0);
      case SeriesNoiseKind::autocorrelated:
        return state_ = 0.3 * state_ + std::sqrt(1 - 0.3 * 0.3) * fresh;
      case SeriesNoiseKind::bimodal:
        return fresh + (generator_.uniform() < 0.3 ? std::log(1.1) : 0);
    }
    return fresh;
  }

 private:
  SeriesNoiseKind kind_;
  Generator& generator_;
  double state_ = 0;
};

}  // namespace

LabelledSeries labelled_series(const SeriesRecipe& recipe, Generator& generator) {
  const Expected expected = expected_levels(recipe, generator);
  LabelledSeries series{{}, expected.series_class, expected.steady_from};
  Disturbance noise(recipe.noise, generator);
  for (const double level : expected.levels) {
    series.seconds.push_back(kSteadySeconds * std::exp(level + noise.next()));
  }
  return series;
}

}  // namespace assay::test
