#include "stats/reference/bootstrap.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "stats/parallel.hpp"
#include "stats/reference/bca_interval.hpp"
#include "stats/reference/resampled_medians.hpp"
#include "stats/reference/resampled_sums.hpp"
#include "stats/reference/resampled_values.hpp"
#include "stats/requirements.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kFewestResampled = 2;

void require(std::span<const double> values, double confidence, const Resampling& how) {
  require_values(values, kFewestResampled, "bootstrap");
  require_confidence(confidence);
  require_resampling(how);
}

/// Computes one replicate for each resample. `make_replicate()` is called once a thread and returns the function that
/// turns a generator into a replicate, so that no two threads share scratch memory.
template <class MakeReplicate>
std::vector<double> replicates(const Resampling& how, const MakeReplicate& make_replicate) {
  std::vector<double> result(static_cast<std::size_t>(how.resamples));
  in_parallel(result.size(), how.threads, [&](std::size_t begin, std::size_t end) {
    auto replicate = make_replicate();
    for (std::size_t resample = begin; resample < end; ++resample) {
      Generator generator = how.seed.stream(Stream::bootstrap, resample);
      result[resample] = replicate(generator);
    }
  });
  return result;
}

Jackknife jackknife(std::span<const double> values, const Statistic& statistic) {
  Jackknife result;
  std::vector<double> rest(values.begin() + 1, values.end());
  for (std::size_t left_out = 0; left_out < values.size(); ++left_out) {
    result.push_back({statistic(rest)});
    if (left_out < rest.size()) rest[left_out] = values[left_out];
  }
  return result;
}

Jackknife jackknife_of_mean(std::span<const double> values) {
  const double centre = mean(values);
  const auto others = static_cast<double>(values.size() - 1);
  Jackknife result;
  for (const double value : values) result.push_back({centre + (centre - value) / others});
  return result;
}

/// Which value is left out decides only whether the middle of the others lies above it, around it or below it.
Jackknife jackknife_of_median(std::span<const double> sorted) {
  const std::size_t half = sorted.size() / 2;
  if (sorted.size() % 2 == 0) return {{sorted[half], half}, {sorted[half - 1], half}};
  const double below = sorted[half - 1];
  const double above = sorted[half + 1];
  return {{(sorted[half] + above) / 2, half}, {(below + above) / 2, 1}, {(below + sorted[half]) / 2, half}};
}

}  // namespace

BootstrapInterval bca_mean(std::span<const double> values, double confidence, const Resampling& how) {
  require(values, confidence, how);
  const double estimate = mean(values);
  // Works on the distances from the mean: sums stay small, and so does their rounding.
  std::vector<double> distances(values.begin(), values.end());
  for (double& distance : distances) distance -= estimate;
  const auto count = static_cast<double>(values.size());
  std::vector<double> means;
  if (values.size() <= ResampledSums::kMostValues) {
    const ResampledSums sums(distances);
    means =
        replicates(how, [&] { return [&](Generator& generator) { return estimate + sums.draw(generator) / count; }; });
  } else {
    means = replicates(how, [&] {
      return [&, resampled = ResampledValues(distances)](Generator& generator) mutable {
        return estimate + mean(resampled.draw(generator));
      };
    });
  }
  const double acceleration = acceleration_of(std::array{jackknife_of_mean(values)});
  return bca_interval(estimate, acceleration, std::move(means), confidence);
}

BootstrapInterval bca_median(std::span<const double> values, double confidence, const Resampling& how) {
  require(values, confidence, how);
  const Ascending ascending(values);
  const std::span<const double> sorted = ascending.values();
  const ResampledMedians resampled(sorted);
  std::vector<double> medians =
      replicates(how, [&] { return [&](Generator& generator) { return resampled.draw(generator); }; });
  const double acceleration = acceleration_of(std::array{jackknife_of_median(sorted)});
  return bca_interval(median_of_sorted(sorted), acceleration, std::move(medians), confidence);
}

BootstrapInterval bca_median_difference(const TwoSamples& samples, double confidence, const Resampling& how) {
  require(samples.treatment, confidence, how);
  require(samples.control, confidence, how);
  const Ascending ascending_treatment(samples.treatment);
  const Ascending ascending_control(samples.control);
  const std::span<const double> treatment = ascending_treatment.values();
  const std::span<const double> control = ascending_control.values();
  const ResampledMedians of_treatment(treatment);
  const ResampledMedians of_control(control);
  std::vector<double> differences = replicates(how, [&] {
    return [&](Generator& generator) {
      const double drawn = of_treatment.draw(generator);
      return drawn - of_control.draw(generator);
    };
  });
  Jackknife without_controls = jackknife_of_median(control);
  for (LeftOut& left_out : without_controls) left_out.statistic = -left_out.statistic;
  const double acceleration = acceleration_of(std::array{jackknife_of_median(treatment), without_controls});
  return bca_interval(median_of_sorted(treatment) - median_of_sorted(control), acceleration, std::move(differences),
                      confidence);
}

BootstrapInterval bca(std::span<const double> values, const Statistic& statistic, double confidence,
                      const Resampling& how) {
  require(values, confidence, how);
  std::vector<double> drawn = replicates(how, [&] {
    return [&, resampled = ResampledValues(values)](Generator& generator) mutable {
      return statistic(resampled.draw(generator));
    };
  });
  const double acceleration = acceleration_of(std::array{jackknife(values, statistic)});
  return bca_interval(statistic(values), acceleration, std::move(drawn), confidence);
}

BootstrapInterval bca(const TwoSamples& samples, const TwoSampleStatistic& statistic, double confidence,
                      const Resampling& how) {
  require(samples.treatment, confidence, how);
  require(samples.control, confidence, how);
  std::vector<double> drawn = replicates(how, [&] {
    return [&, treatment = ResampledValues(samples.treatment),
            control = ResampledValues(samples.control)](Generator& generator) mutable {
      const std::span<const double> treatment_values = treatment.draw(generator);
      return statistic({.treatment = treatment_values, .control = control.draw(generator)});
    };
  });
  const auto of_treatment = [&](std::span<const double> rest) {
    return statistic({.treatment = rest, .control = samples.control});
  };
  const auto of_control = [&](std::span<const double> rest) {
    return statistic({.treatment = samples.treatment, .control = rest});
  };
  const double acceleration =
      acceleration_of(std::array{jackknife(samples.treatment, of_treatment), jackknife(samples.control, of_control)});
  return bca_interval(statistic(samples), acceleration, std::move(drawn), confidence);
}

}  // namespace assay::stats
