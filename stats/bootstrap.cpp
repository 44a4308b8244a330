#include "stats/bootstrap.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stats/bca_interval.hpp"
#include "stats/parallel.hpp"
#include "stats/random_indices.hpp"
#include "stats/requirements.hpp"
#include "stats/resampled_medians.hpp"
#include "stats/resampled_sums.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kFewest = 2;

void require(std::span<const double> values, double confidence, const Resampling& how) {
  require_values(values, kFewest, "bootstrap");
  require_confidence(confidence);
  require_resampling(how);
}

/// One resample of one sample: which of its values it holds.
class Draw {
 public:
  explicit Draw(std::span<const double> values) : values_(values), indices_(values.size()), drawn_(values.size()) {}

  std::span<const std::uint32_t> indices(Generator& generator) {
    draw_indices(generator, static_cast<std::uint32_t>(values_.size()), indices_);
    return indices_;
  }

  std::span<const double> values(Generator& generator) {
    const std::span<const std::uint32_t> chosen = indices(generator);
    std::ranges::transform(chosen, drawn_.begin(), [&](std::uint32_t index) { return values_[index]; });
    return drawn_;
  }

 private:
  std::span<const double> values_;
  std::vector<std::uint32_t> indices_;
  std::vector<double> drawn_;
};

/// One replicate per resample. `make_replicate()` is called once a thread and gives what turns a generator into a
/// replicate, so that scratch memory is shared by no two threads.
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

/// Sum of chosen values. Four sums run side by side: one alone waits for each addition to end, 4 cycles.
double gathered_sum(std::span<const double> values, std::span<const std::uint32_t> chosen) {
  std::array<double, 4> sums{};
  std::size_t index = 0;
  for (; index + 4 <= chosen.size(); index += 4) {
    for (std::size_t lane = 0; lane < 4; ++lane) sums[lane] += values[chosen[index + lane]];
  }
  for (; index < chosen.size(); ++index) sums[0] += values[chosen[index]];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

Jackknife jackknife(std::span<const double> values, const Statistic& statistic) {
  Jackknife result;
  std::vector<double> rest(values.begin() + 1, values.end());
  for (std::size_t left_out = 0; left_out < values.size(); ++left_out) {
    result.push_back(statistic(rest));
    if (left_out < rest.size()) rest[left_out] = values[left_out];
  }
  return result;
}

Jackknife jackknife_of_mean(std::span<const double> values) {
  const double centre = mean(values);
  const auto others = static_cast<double>(values.size() - 1);
  Jackknife result;
  for (const double value : values) result.push_back(centre + (centre - value) / others);
  return result;
}

Jackknife jackknife_of_median(std::span<const double> sorted) {
  const std::size_t rest = sorted.size() - 1;
  Jackknife result;
  for (std::size_t left_out = 0; left_out < sorted.size(); ++left_out) {
    const auto at = [&](std::size_t place) { return sorted[place < left_out ? place : place + 1]; };
    result.push_back(rest % 2 == 1 ? at(rest / 2) : (at(rest / 2 - 1) + at(rest / 2)) / 2);
  }
  return result;
}

}  // namespace

BootstrapInterval bca_mean(std::span<const double> values, double confidence, const Resampling& how) {
  require(values, confidence, how);
  const double estimate = mean(values);
  // Of the distances from the mean: sums stay small, and rounding with them.
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
      return [&, draw = Draw(distances)](Generator& generator) mutable {
        return estimate + gathered_sum(distances, draw.indices(generator)) / count;
      };
    });
  }
  const double acceleration = acceleration_of(std::array{jackknife_of_mean(values)});
  return bca_interval(estimate, acceleration, std::move(means), confidence);
}

BootstrapInterval bca_median(std::span<const double> values, double confidence, const Resampling& how) {
  require(values, confidence, how);
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const ResampledMedians resampled(sorted);
  std::vector<double> medians =
      replicates(how, [&] { return [&](Generator& generator) { return resampled.draw(generator); }; });
  const double acceleration = acceleration_of(std::array{jackknife_of_median(sorted)});
  return bca_interval(median(sorted), acceleration, std::move(medians), confidence);
}

BootstrapInterval bca(std::span<const double> values, const Statistic& statistic, double confidence,
                      const Resampling& how) {
  require(values, confidence, how);
  std::vector<double> drawn = replicates(how, [&] {
    return [&, draw = Draw(values)](Generator& generator) mutable { return statistic(draw.values(generator)); };
  });
  const double acceleration = acceleration_of(std::array{jackknife(values, statistic)});
  return bca_interval(statistic(values), acceleration, std::move(drawn), confidence);
}

BootstrapInterval bca(const TwoSamples& samples, const TwoSampleStatistic& statistic, double confidence,
                      const Resampling& how) {
  require(samples.treatment, confidence, how);
  require(samples.control, confidence, how);
  std::vector<double> drawn = replicates(how, [&] {
    return [&, treatment = Draw(samples.treatment), control = Draw(samples.control)](Generator& generator) mutable {
      const std::span<const double> treatment_values = treatment.values(generator);
      return statistic({.treatment = treatment_values, .control = control.values(generator)});
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
