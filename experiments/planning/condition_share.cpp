#include "experiments/planning/condition_share.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/summary.hpp"

namespace assay::planning {
namespace {

constexpr double kConfidence = 0.95;
/// Makes the median absolute deviation of a normal law its standard deviation.
constexpr double kNormalMad = 1.4826022185056018;

std::vector<double> logarithms(const std::vector<double>& times) {
  std::vector<double> logs;
  for (const double time : times) {
    if (!(time > 0)) throw Error(fmt::format("a time of {} s: expected more than 0 s", time));
    logs.push_back(std::log(time));
  }
  return logs;
}

}  // namespace

ConditionShare condition_share(const ConditionTrials& trials) {
  if (trials.with.empty() || trials.with.size() != trials.without.size()) {
    throw Error(fmt::format("{} trials with a condition and {} without it: expected pairs", trials.with.size(),
                            trials.without.size()));
  }
  const std::vector<double> with = logarithms(trials.with);
  const std::vector<double> without = logarithms(trials.without);
  std::vector<double> effects;
  for (std::size_t pair = 0; pair < with.size(); ++pair) effects.push_back(with[pair] - without[pair]);
  const stats::HodgesLehmann effect = stats::hodges_lehmann(effects, kConfidence);
  return {.kind = trials.kind,
          .how = trials.how,
          .slower = effect.estimate,
          .interval = effect.interval,
          .spread_with = kNormalMad * stats::median_absolute_deviation(with),
          .spread_without = kNormalMad * stats::median_absolute_deviation(without)};
}

}  // namespace assay::planning
