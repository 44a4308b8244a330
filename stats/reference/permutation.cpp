#include "stats/reference/permutation.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <numeric>
#include <vector>

#include "stats/parallel.hpp"
#include "stats/reference/random_divisions.hpp"
#include "stats/requirements.hpp"
#include "stats/sequential/sign_sums.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// Counts how many arrangements are at least as extreme as the observed one. Sums that differ only by rounding are
/// equal.
class Extremes {
 public:
  /// \param tolerance  the largest difference that rounding makes between equal sums.
  Extremes(double seen, double tolerance) : from_(seen - tolerance), to_(seen + tolerance) {}

  void add(double statistic) {
    ++all_;
    at_least_ += statistic >= from_ ? 1U : 0U;
    at_most_ += statistic <= to_ ? 1U : 0U;
  }

  void add(const Extremes& others) {
    all_ += others.all_;
    at_least_ += others.at_least_;
    at_most_ += others.at_most_;
  }

  [[nodiscard]] std::uint64_t count() const { return all_; }

  /// Tails of a full enumeration, which includes the observed arrangement.
  [[nodiscard]] Tails enumerated() const { return shares(0); }
  /// Tails of draws, to which the observed arrangement adds one (Phipson and Smyth 2010).
  [[nodiscard]] Tails drawn() const { return shares(1); }

 private:
  [[nodiscard]] Tails shares(std::uint64_t more) const {
    const auto all = static_cast<double>(all_ + more);
    return {.at_most = static_cast<double>(at_most_ + more) / all,
            .at_least = static_cast<double>(at_least_ + more) / all};
  }

  double from_;
  double to_;
  std::uint64_t all_ = 0;
  std::uint64_t at_least_ = 0;
  std::uint64_t at_most_ = 0;
};

constexpr std::uint64_t kMostEnumerated = std::uint64_t{1} << 20;
/// Relative to the sum of magnitudes. The rounding error of a sum of 10,000 values stays below it.
constexpr double kSumRounding = 1e-12;

double sum_of_magnitudes(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0,
                         [](double sum, double value) { return sum + std::abs(value); });
}

PermutationTest test_of(double statistic, const Extremes& extremes, const Tails& tails, Alternative alternative) {
  return {.statistic = statistic, .p = p_value_of(tails, alternative), .arrangements = extremes.count()};
}

/// Draws arrangements, each from a stream of its own. `make_draw()` is called once a thread. Counts are added up, so
/// the order of the threads does not matter.
template <class MakeDraw>
Extremes draw_arrangements(const Extremes& none, const Resampling& how, const MakeDraw& make_draw) {
  Extremes all = none;
  std::mutex adding;
  in_parallel(static_cast<std::size_t>(how.resamples), how.threads, [&](std::size_t begin, std::size_t end) {
    auto draw = make_draw();
    Extremes mine = none;
    for (std::size_t arrangement = begin; arrangement < end; ++arrangement) {
      Generator generator = how.seed.stream(Stream::bootstrap, arrangement);
      mine.add(draw(generator));
    }
    const std::scoped_lock lock(adding);
    all.add(mine);
  });
  return all;
}

/// The number of ways to choose `chosen` of `total`; some number above `most` if there are more.
std::uint64_t division_count(std::size_t total, std::size_t chosen, std::uint64_t most) {
  std::uint64_t ways = 1;
  for (std::size_t step = 1; step <= chosen && ways <= most; ++step) ways = ways * (total - chosen + step) / step;
  return ways;
}

/// Visits the sum of every choice of `left` more values from `values`.
void enumerate_sums(std::span<const double> values, std::size_t left, double sum, Extremes& extremes) {
  if (left == 0) return extremes.add(sum);
  for (std::size_t first = 0; first + left <= values.size(); ++first) {
    enumerate_sums(values.subspan(first + 1), left - 1, sum + values[first], extremes);
  }
}

}  // namespace

PermutationTest sign_flip_test(std::span<const double> differences, Alternative alternative, const Resampling& how) {
  require_values(differences, 1, "sign-flip test");
  require_resampling(how);
  std::vector<double> magnitudes;
  for (const double difference : differences) {
    if (difference != 0) magnitudes.push_back(std::abs(difference));
  }
  const double seen = std::accumulate(differences.begin(), differences.end(), 0.0);
  const SignSums sums(magnitudes);
  Extremes extremes(seen, kSumRounding * sum_of_magnitudes(magnitudes));

  if (magnitudes.size() <= 20) {
    const std::uint64_t arrangements = std::uint64_t{1} << magnitudes.size();
    for (std::uint64_t signs = 0; signs < arrangements; ++signs) extremes.add(sums(std::span(&signs, 1)));
    PermutationTest test = test_of(seen, extremes, extremes.enumerated(), alternative);
    test.exact = true;
    return test;
  }
  extremes = draw_arrangements(extremes, how, [&] {
    return [&, signs = std::vector<std::uint64_t>(sums.words())](Generator& generator) mutable {
      std::ranges::generate(signs, [&] { return generator(); });
      return sums(signs);
    };
  });
  return test_of(seen, extremes, extremes.drawn(), alternative);
}

PermutationTest two_sample_permutation_test(const TwoSamples& samples, Alternative alternative, const Resampling& how) {
  require_values(samples.treatment, 1, "permutation test, treatment");
  require_values(samples.control, 1, "permutation test, control");
  require_resampling(how);
  const double seen = mean(samples.treatment) - mean(samples.control);

  std::vector<double> pooled(samples.treatment.begin(), samples.treatment.end());
  pooled.insert(pooled.end(), samples.control.begin(), samples.control.end());
  const double centre = mean(pooled);
  for (double& value : pooled) value -= centre;
  // With the pooled sum at 0, the difference of the means is proportional to the sum of either arm. Use the smaller
  // arm, and swap the tails if that is control.
  const bool by_treatment = samples.treatment.size() <= samples.control.size();
  const std::size_t chosen = std::min(samples.treatment.size(), samples.control.size());
  const std::span<const double> smaller =
      by_treatment ? std::span(pooled).first(chosen) : std::span(pooled).last(chosen);
  Extremes extremes(std::accumulate(smaller.begin(), smaller.end(), 0.0), kSumRounding * sum_of_magnitudes(pooled));

  const bool exact = division_count(pooled.size(), chosen, kMostEnumerated) <= kMostEnumerated;
  if (exact) {
    enumerate_sums(pooled, chosen, 0, extremes);
  } else {
    extremes = draw_arrangements(extremes, how, [&] {
      return [divisions = RandomDivisions(pooled, chosen)](Generator& generator) mutable {
        return divisions.draw(generator);
      };
    });
  }
  Tails tails = exact ? extremes.enumerated() : extremes.drawn();
  if (!by_treatment) std::swap(tails.at_most, tails.at_least);
  PermutationTest test = test_of(seen, extremes, tails, alternative);
  test.exact = exact;
  return test;
}

}  // namespace assay::stats
