#include "experiments/interop/unpaired.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "stats/reference/bootstrap.hpp"
#include "stats/reference/mann_whitney.hpp"
#include "stats/reference/student.hpp"
#include "stats/summary.hpp"

namespace assay::interop {
namespace {

constexpr std::size_t kFewestValues = 4;

void require_comparable(std::span<const double> values, const UnpairedQuestion& question, const char* arm) {
  if (values.size() < kFewestValues) {
    throw Error(fmt::format("{} has {} value{}; expected {} or more", arm, values.size(), values.size() == 1 ? "" : "s",
                            kFewestValues));
  }
  if (question.metric.kind != MetricKind::positive) return;
  const auto bad = std::ranges::find_if(values, [](double value) { return value <= 0; });
  if (bad == values.end()) return;
  throw Error(
      fmt::format("{} has the value {}: a positive metric is compared as a ratio, which needs values above 0; "
                  "values of kind difference may be any number",
                  arm, *bad));
}

/// Brings values to the scale of the question. Their order stays.
void bring_to_scale(std::span<double> values, const UnpairedQuestion& question) {
  if (question.metric.kind != MetricKind::positive) return;
  for (double& value : values) value = std::log(value);
}

/// The median of sorted values on the scale of the question.
double median_on_scale(std::span<const double> sorted, const UnpairedQuestion& question) {
  const std::span<const double> middle = sorted.subspan((sorted.size() - 1) / 2, sorted.size() % 2 == 0 ? 2 : 1);
  std::vector<double> scaled(middle.begin(), middle.end());
  bring_to_scale(scaled, question);
  return stats::median_of_sorted(scaled);
}

/// Sorts an arm's values, and says how far the median of its second half lay from that of its first half. The halves
/// are sorted one by one and then merged, so that sorting millions of values once gives all that is needed.
double sort_by_halves(std::span<double> values, const UnpairedQuestion& question) {
  const std::span<double> first = values.first(values.size() / 2);
  const std::span<double> second = values.subspan(first.size());
  stats::sort_ascending(first);
  stats::sort_ascending(second);
  const double difference = median_on_scale(second, question) - median_on_scale(first, question);
  std::inplace_merge(values.begin(), values.begin() + std::ssize(first), values.end());
  return difference;
}

/// The standard deviation that the differences between the halves of both arms show together.
double between_halves(const std::array<double, 2>& differences) {
  double squares = 0;
  for (const double difference : differences) squares += difference * difference / 2;  // the variance of two values
  return std::sqrt(squares / 2);
}

}  // namespace

UnpairedResult compare_unpaired(UnpairedValues values, const UnpairedQuestion& question) {
  ASSAY_ASSERT(question.metric.kind != MetricKind::proportion);
  require_comparable(values.control, question, "control");
  require_comparable(values.treatment, question, "treatment");
  UnpairedResult result;
  result.between_halves =
      between_halves({sort_by_halves(values.control, question), sort_by_halves(values.treatment, question)});
  result.control = stats::summarise(values.control, 0);
  result.treatment = stats::summarise(values.treatment, 0);
  bring_to_scale(values.control, question);
  bring_to_scale(values.treatment, question);
  const stats::TwoSamples samples{.treatment = values.treatment, .control = values.control};
  const stats::MannWhitneyTest test = stats::mann_whitney_test(samples, stats::Alternative::two_sided);
  const stats::TTest welch = stats::welch_t_test(samples, stats::Alternative::two_sided);
  const double confidence = 1 - question.alpha;
  result.estimate = stats::hodges_lehmann_shift(samples);
  result.interval = stats::shift_interval(samples, confidence);
  result.p = test.p;
  result.exact = test.exact;
  result.welch_p = welch.p;
  result.welch_estimate = welch.estimate;
  result.welch_interval = welch.interval(confidence);
  result.bca_medians = stats::bca_median_difference(samples, confidence, {.seed = question.seed}).interval;
  result.finding = test.p <= question.alpha ? Finding::difference : Finding::no_difference;
  return result;
}

}  // namespace assay::interop
