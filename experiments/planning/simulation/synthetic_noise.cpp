#include "experiments/planning/simulation/synthetic_noise.hpp"

#include <cmath>

#include "core/assert.hpp"

namespace assay::planning {
namespace {

constexpr double kUsualDeviation = 0.03;
constexpr double kSmallDeviation = 0.01;
constexpr double kSlowMode = 1.10;
constexpr double kSlowModeShare = 0.3;
/// In trials.
constexpr double kMeanStay = 20;
/// In trials; a quarter of the attempt lies in bursts.
constexpr double kMeanQuiet = 60;

/// What one trial's noise multiplies its true value by.
using Disturbance = double (*)(Generator&);

double lognormal(Generator& generator, double deviation) {
  return std::exp(deviation * generator.normal());
}

double spiked(Generator& generator) {
  const double usual = lognormal(generator, kUsualDeviation);
  return generator.uniform() < 0.05 ? 2 * usual : usual;
}

/// A gamma variable of shape 1/2 is half a squared normal one.
double gamma_tailed(Generator& generator) {
  const double normal = generator.normal();
  return 1 + 0.05 * normal * normal / 2;
}

double bimodal(Generator& generator) {
  const double usual = lognormal(generator, kSmallDeviation);
  return generator.uniform() < kSlowModeShare ? kSlowMode * usual : usual;
}

/// A state that is left with the chance of its mean stay, begun as often as it is held in the long run.
class Spells {
 public:
  struct MeanStays {
    double off;
    double on;
  };
  Spells(MeanStays stays, Generator& generator)
      : stays_(stays), on_(generator.uniform() < stays.on / (stays.on + stays.off)) {}

  bool next(Generator& generator) {
    const bool now = on_;
    if (generator.uniform() < 1 / (on_ ? stays_.on : stays_.off)) on_ = !on_;
    return now;
  }

 private:
  MeanStays stays_;
  bool on_;
};

Noise independent(Disturbance disturbance) {
  return [disturbance](std::span<const double> factors, Generator& generator) {
    std::vector<double> values(factors.begin(), factors.end());
    for (double& value : values) value *= disturbance(generator);
    return values;
  };
}

std::vector<double> sticky_modes(std::span<const double> factors, Generator& generator) {
  Spells slow({.off = kMeanStay * (1 - kSlowModeShare) / kSlowModeShare, .on = kMeanStay}, generator);
  std::vector<double> values(factors.begin(), factors.end());
  for (double& value : values) {
    value *= (slow.next(generator) ? kSlowMode : 1) * lognormal(generator, kSmallDeviation);
  }
  return values;
}

std::vector<double> bursts(std::span<const double> factors, Generator& generator) {
  Spells burst({.off = kMeanQuiet, .on = kMeanStay}, generator);
  std::vector<double> values(factors.begin(), factors.end());
  for (double& value : values) {
    value *= burst.next(generator) ? 1.3 * lognormal(generator, 0.10) : lognormal(generator, kUsualDeviation);
  }
  return values;
}

/// From 0 at the first trial to 1 at the last.
double progress_of(std::size_t trial, std::size_t trials) {
  return trials < 2 ? 0 : static_cast<double>(trial) / static_cast<double>(trials - 1);
}

/// AR(1) with the usual deviation in the long run, on a linear trend.
Noise trending(double persistence) {
  return [persistence](std::span<const double> factors, Generator& generator) {
    std::vector<double> values(factors.begin(), factors.end());
    double state = kUsualDeviation * generator.normal();
    const double innovation = kUsualDeviation * std::sqrt(1 - persistence * persistence);
    for (std::size_t trial = 0; trial < values.size(); ++trial) {
      values[trial] *= std::exp(state) * (1 + 0.10 * progress_of(trial, values.size()));
      state = persistence * state + innovation * generator.normal();
    }
    return values;
  };
}

std::vector<double> quantised(std::span<const double> factors, Generator& generator) {
  std::vector<double> values(factors.begin(), factors.end());
  for (double& value : values) value = std::round(30 * value * lognormal(generator, kUsualDeviation));
  return values;
}

std::vector<double> order_effect(std::span<const double> factors, Generator& generator) {
  std::vector<double> values(factors.begin(), factors.end());
  for (std::size_t trial = 0; trial < values.size(); ++trial) {
    values[trial] *= (trial % 2 == 1 ? 0.94 : 1) * lognormal(generator, kSmallDeviation);
  }
  return values;
}

std::vector<double> growing(std::span<const double> factors, Generator& generator) {
  std::vector<double> values(factors.begin(), factors.end());
  for (std::size_t trial = 0; trial < values.size(); ++trial) {
    const double deviation = kUsualDeviation / 10 * std::pow(30.0, progress_of(trial, values.size()));
    values[trial] *= lognormal(generator, deviation);
  }
  return values;
}

}  // namespace

Noise lognormal_noise(double deviation) {
  return [deviation](std::span<const double> factors, Generator& generator) {
    std::vector<double> values(factors.begin(), factors.end());
    for (double& value : values) value *= lognormal(generator, deviation);
    return values;
  };
}

Noise synthetic_noise(SyntheticNoise kind) {
  switch (kind) {
    case SyntheticNoise::lognorm:
      return lognormal_noise(kUsualDeviation);
    case SyntheticNoise::spikes:
      return independent(spiked);
    case SyntheticNoise::gamma:
      return independent(gamma_tailed);
    case SyntheticNoise::bimodal:
      return independent(bimodal);
    case SyntheticNoise::sticky_modes:
      return sticky_modes;
    case SyntheticNoise::weak_trend:
      return trending(0.3);
    case SyntheticNoise::strong_trend:
      return trending(0.8);
    case SyntheticNoise::quantised:
      return quantised;
    case SyntheticNoise::order_effect:
      return order_effect;
    case SyntheticNoise::bursts:
      return bursts;
    case SyntheticNoise::growing:
      return growing;
  }
  ASSAY_ASSERT(false);
  return {};
}

}  // namespace assay::planning
