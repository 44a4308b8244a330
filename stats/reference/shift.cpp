#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/bisection.hpp"
#include "stats/distributions.hpp"
#include "stats/interval.hpp"
#include "stats/reference/mann_whitney.hpp"
#include "stats/reference/mann_whitney_distribution.hpp"
#include "stats/requirements.hpp"

namespace assay::stats {
namespace {

/// All differences treatment - control in ascending order. They are not stored.
class Differences {
 public:
  explicit Differences(const TwoSamples& samples)
      : treatment_(samples.treatment.begin(), samples.treatment.end()),
        control_(samples.control.begin(), samples.control.end()) {
    if (treatment_.empty() || control_.empty()) {
      throw Error(fmt::format("shift of {} values of treatment against {} of control: each arm needs at least 1",
                              treatment_.size(), control_.size()));
    }
    std::ranges::sort(treatment_);
    std::ranges::sort(control_);
  }

  [[nodiscard]] std::int64_t count() const { return std::ssize(treatment_) * std::ssize(control_); }

  /// The difference that has `index` others before it. It is exact: rounded differences keep the order of their
  /// operands, so counting them with two pointers is the same as counting them one by one.
  [[nodiscard]] double at(std::int64_t index) const {
    return smallest_where(-kInfinity, kInfinity, [&](double bound) { return count_at_most(bound) > index; });
  }

 private:
  static double difference(double treatment, double control) { return treatment == control ? 0 : treatment - control; }

  [[nodiscard]] std::int64_t count_at_most(double bound) const {
    std::int64_t total = 0;
    auto first_within = control_.begin();
    for (const double treatment : treatment_) {
      while (first_within != control_.end() && difference(treatment, *first_within) > bound) ++first_within;
      total += control_.end() - first_within;
    }
    return total;
  }

  std::vector<double> treatment_;
  std::vector<double> control_;
};

/// The largest c for which U <= c - 1 is rare enough. That many differences are cut off at each end.
std::int64_t differences_outside(const TwoSamples& samples, double tail) {
  const std::size_t treatments = samples.treatment.size();
  const std::size_t controls = samples.control.size();
  if (std::max(treatments, controls) <= kExactMannWhitneySize) {
    const MannWhitneyDistribution null(static_cast<int>(treatments), static_cast<int>(controls));
    // (1 - 0.9) / 2 is smaller than 1/20 by rounding; the intended level is attained.
    const double level = tail * (1 + 1e-12);
    int outside = 0;
    while (null.upper_tail(null.maximum() - outside) <= level) ++outside;
    return outside;
  }
  const auto product = static_cast<double>(treatments) * static_cast<double>(controls);
  const double error = std::sqrt(product * static_cast<double>(treatments + controls + 1) / 12);
  const double outside = std::floor(product / 2 + 0.5 - normal_upper_quantile(tail) * error);
  return static_cast<std::int64_t>(std::max(0.0, outside));
}

}  // namespace

double hodges_lehmann_shift(const TwoSamples& samples) {
  const Differences differences(samples);
  const std::int64_t half = differences.count() / 2;
  const double upper = differences.at(half);
  if (differences.count() % 2 == 1) return upper;
  const double lower = differences.at(half - 1);
  if (lower == upper) return upper;
  return std::isinf(lower) && std::isinf(upper) ? 0 : lower / 2 + upper / 2;
}

Interval shift_interval(const TwoSamples& samples, double confidence) {
  require_confidence(confidence);
  const Differences differences(samples);
  const std::int64_t outside = differences_outside(samples, (1 - confidence) / 2);
  if (outside == 0) return kUnbounded;
  return {.low = differences.at(outside - 1), .high = differences.at(differences.count() - outside)};
}

}  // namespace assay::stats
