#include "experiments/decide/baseline/timeout_advice.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/summary.hpp"

namespace assay::decide {
namespace {

constexpr int kReserve = 3;
constexpr int kLoose = 10;
constexpr nanoseconds kSmallest = std::chrono::seconds(1);

/// Up to whole seconds, from 20 s on to tens of seconds, from 2 min on to minutes, from 20 min on to tens of minutes.
nanoseconds rounded_up(nanoseconds time) {
  using std::chrono::seconds;
  struct Step {
    seconds from;
    seconds size;
  };
  constexpr std::array kSteps = {Step{seconds(1200), seconds(600)}, Step{seconds(120), seconds(60)},
                                 Step{seconds(20), seconds(10)}, Step{seconds(0), seconds(1)}};
  const auto step = std::find_if(kSteps.begin(), kSteps.end(), [time](const Step& one) { return time > one.from; });
  const nanoseconds size = step == kSteps.end() ? kSteps.back().size : step->size;
  const auto count = (time.count() + size.count() - 1) / size.count();
  return std::max<nanoseconds>(size * count, kSmallest);
}

nanoseconds from_seconds(double seconds) {
  return nanoseconds(std::llround(seconds * 1e9));
}

}  // namespace

std::vector<TimeoutAdvice> timeout_advice(const Plan& plan, const std::vector<CellTrials>& trials) {
  const std::vector<Cell> places = cells(plan);
  std::vector<TimeoutAdvice> all;
  for (std::size_t index = 0; index < plan.workloads.size(); ++index) {
    TimeoutAdvice advice{.workload = plan.workloads[index].name, .timeout = plan.workloads[index].timeout};
    for (std::size_t cell = 0; cell < places.size(); ++cell) {
      if (places[cell].workload != index) continue;
      const std::vector<double> walls = wall_seconds(trials[cell]);
      if (walls.empty()) continue;
      advice.median = std::max(advice.median, from_seconds(stats::median(walls)));
      advice.slowest = std::max(advice.slowest, from_seconds(*std::max_element(walls.begin(), walls.end())));
    }
    if (advice.slowest == nanoseconds{}) continue;
    advice.recommended = rounded_up(advice.slowest * kReserve);
    advice.is_loose = advice.timeout > advice.median * kLoose && advice.timeout > kSmallest;
    all.push_back(std::move(advice));
  }
  return all;
}

}  // namespace assay::decide
