#include "experiments/trial/metrics/trial_statistic.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "stats/summary.hpp"

namespace assay::trial {

double value_of_trial(TrialStatistic statistic, std::vector<double> values) {
  ASSAY_ASSERT(!values.empty());
  std::sort(values.begin(), values.end());
  switch (statistic) {
    case TrialStatistic::min:
      return values.front();
    case TrialStatistic::mean:
      return stats::mean(values);
    case TrialStatistic::median:
      return stats::median(values);
    case TrialStatistic::p90:
      return stats::quantile_of_sorted(values, 0.90);
    case TrialStatistic::p95:
      return stats::quantile_of_sorted(values, 0.95);
    case TrialStatistic::p99:
      return stats::quantile_of_sorted(values, 0.99);
    case TrialStatistic::p99_9:
      return stats::quantile_of_sorted(values, 0.999);
    case TrialStatistic::max:
      return values.back();
    case TrialStatistic::steady_mean:
    case TrialStatistic::steady_median:
      break;
  }
  ASSAY_ASSERT(false);
  return 0;
}

}  // namespace assay::trial
