#include "stats/reference/student.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/requirements.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// A mean and how certain it is.
struct Location {
  double mean = 0;
  double squared_error = 0;  ///< squared standard error of the mean
  double degrees_of_freedom = 0;
};

double ratio_of(double estimate, double standard_error) {
  if (standard_error > 0) return estimate / standard_error;
  if (estimate == 0) return 0;
  return std::copysign(std::numeric_limits<double>::infinity(), estimate);
}

Tails student_tails(double t, double degrees_of_freedom) {
  return {.at_most = student_upper_tail(-t, degrees_of_freedom), .at_least = student_upper_tail(t, degrees_of_freedom)};
}

TTest compare(const Location& treatment, const Location& control, Alternative alternative) {
  TTest test{.estimate = treatment.mean - control.mean};
  const double squared_error = treatment.squared_error + control.squared_error;
  test.standard_error = std::sqrt(squared_error);
  test.t = ratio_of(test.estimate, test.standard_error);
  // Welch-Satterthwaite. If nothing varies, any number of degrees gives the same answer.
  test.degrees_of_freedom =
      squared_error > 0 ? squared_error * squared_error /
                              (treatment.squared_error * treatment.squared_error / treatment.degrees_of_freedom +
                               control.squared_error * control.squared_error / control.degrees_of_freedom)
                        : treatment.degrees_of_freedom + control.degrees_of_freedom;
  test.p = p_value_of(student_tails(test.t, test.degrees_of_freedom), alternative);
  return test;
}

Location locate(std::span<const double> values, std::string_view what) {
  require_values(values, 2, what);
  const auto count = static_cast<double>(values.size());
  return {.mean = mean(values), .squared_error = variance(values) / count, .degrees_of_freedom = count - 1};
}

Location locate_trimmed(std::span<const double> values, double trim) {
  require_values(values, 2, "Yuen's test");
  std::vector<double> sorted = sorted_copy(values);
  const auto cut = static_cast<std::size_t>(trim * static_cast<double>(sorted.size()));
  const std::size_t left = sorted.size() - 2 * cut;
  if (left < 2) throw Error(fmt::format("Yuen's test: only {} of {} values are left; trim less", left, values.size()));
  const double trimmed_mean = mean(std::span(sorted).subspan(cut, left));
  std::fill_n(sorted.begin(), cut, sorted[cut]);
  std::fill(sorted.end() - static_cast<std::ptrdiff_t>(cut), sorted.end(), sorted[sorted.size() - cut - 1]);
  const double winsorised_squares = variance(sorted) * static_cast<double>(sorted.size() - 1);
  const auto kept = static_cast<double>(left);
  return {
      .mean = trimmed_mean, .squared_error = winsorised_squares / (kept * (kept - 1)), .degrees_of_freedom = kept - 1};
}

}  // namespace

Interval TTest::interval(double confidence) const {
  require_confidence(confidence);
  const double half = student_upper_quantile((1 - confidence) / 2, degrees_of_freedom) * standard_error;
  return {.low = estimate - half, .high = estimate + half};
}

TTest welch_t_test(const TwoSamples& samples, Alternative alternative) {
  return compare(locate(samples.treatment, "Welch's test"), locate(samples.control, "Welch's test"), alternative);
}

TTest paired_t_test(std::span<const double> differences, double null_difference, Alternative alternative) {
  const Location location = locate(differences, "paired t-test");
  TTest test{.estimate = location.mean,
             .standard_error = std::sqrt(location.squared_error),
             .degrees_of_freedom = location.degrees_of_freedom};
  test.t = ratio_of(location.mean - null_difference, test.standard_error);
  test.p = p_value_of(student_tails(test.t, test.degrees_of_freedom), alternative);
  return test;
}

TTest yuen_t_test(const TwoSamples& samples, double trim, Alternative alternative) {
  if (!(trim >= 0 && trim < 0.5)) {
    throw Error(fmt::format("trim {}: expected a share from 0 to below 0.5 of each end", trim));
  }
  return compare(locate_trimmed(samples.treatment, trim), locate_trimmed(samples.control, trim), alternative);
}

TEquivalence paired_t_equivalence(std::span<const double> differences, double margin) {
  if (!(margin > 0)) throw Error(fmt::format("margin {}: expected a number above 0", margin));
  TEquivalence result{.p_above_lower = paired_t_test(differences, -margin, Alternative::greater).p,
                      .p_below_upper = paired_t_test(differences, margin, Alternative::less).p};
  result.p = std::max(result.p_above_lower, result.p_below_upper);
  return result;
}

}  // namespace assay::stats
