#include "experiments/interop/unpaired.hpp"

#include <algorithm>
#include <cmath>

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

std::vector<double> on_scale(std::span<const double> values, const UnpairedQuestion& question, const char* arm) {
  if (values.size() < kFewestValues) {
    throw Error(fmt::format("{} has {} value{}; expected {} or more", arm, values.size(), values.size() == 1 ? "" : "s",
                            kFewestValues));
  }
  std::vector<double> scaled(values.begin(), values.end());
  if (question.metric.kind != MetricKind::positive) return scaled;
  for (double& value : scaled) {
    if (value <= 0) {
      throw Error(
          fmt::format("{} has the value {}: a positive metric is compared as a ratio, which needs values above 0; "
                      "values of kind difference may be any number",
                      arm, value));
    }
    value = std::log(value);
  }
  return scaled;
}

/// The values on the scale of the question, in the order of the file.
struct TwoArms {
  std::vector<double> control;
  std::vector<double> treatment;
  TwoArms(const UnpairedValues& values, const UnpairedQuestion& question)
      : control(on_scale(values.control, question, "control")),
        treatment(on_scale(values.treatment, question, "treatment")) {}
  [[nodiscard]] stats::TwoSamples samples() const { return {.treatment = treatment, .control = control}; }
};

/// How far the median of an arm's second half lies from that of its first half, for both arms together.
double between_halves(const stats::TwoSamples& samples) {
  double squares = 0;
  for (const std::span<const double> arm : {samples.control, samples.treatment}) {
    const std::size_t half = arm.size() / 2;
    const double difference = stats::median(arm.subspan(half)) - stats::median(arm.first(half));
    squares += difference * difference / 2;  // the variance of two values is half the square of their difference
  }
  return std::sqrt(squares / 2);
}

}  // namespace

UnpairedResult compare_unpaired(const UnpairedValues& values, const UnpairedQuestion& question) {
  ASSAY_ASSERT(question.metric.kind != MetricKind::proportion);
  UnpairedResult result;
  result.between_halves = between_halves(TwoArms(values, question).samples());
  // Every statistic below needs the values sorted; sorting millions once for all is what takes the time.
  const UnpairedValues sorted{.control = stats::sorted_copy(values.control),
                              .treatment = stats::sorted_copy(values.treatment)};
  const TwoArms arms(sorted, question);
  const stats::TwoSamples samples = arms.samples();
  const stats::MannWhitneyTest test = stats::mann_whitney_test(samples, stats::Alternative::two_sided);
  const stats::TTest welch = stats::welch_t_test(samples, stats::Alternative::two_sided);
  const double confidence = 1 - question.alpha;
  result.control = stats::summarise(sorted.control, 0);
  result.treatment = stats::summarise(sorted.treatment, 0);
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
