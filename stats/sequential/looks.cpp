#include "stats/sequential/looks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::stats {
namespace {

/// A look this close to the cap would cost error and decide almost nothing that the cap does not.
constexpr double kLeastGrowthToCap = 1.15;

void check(const LookPlan& plan) {
  if (plan.first < 1) throw Error(fmt::format("first look at {} blocks: expected 1 or more", plan.first));
  if (plan.cap < 1) throw Error(fmt::format("cap of {} blocks: expected 1 or more", plan.cap));
  if (!(plan.growth > 1) || !std::isfinite(plan.growth)) {
    throw Error(fmt::format("growth of looks {}: expected a number above 1", plan.growth));
  }
}

}  // namespace

std::vector<int> look_schedule(const LookPlan& plan) {
  check(plan);
  std::vector<int> looks;
  if (plan.spacing == LookSpacing::every_block) {
    for (int blocks = plan.first; blocks < plan.cap; ++blocks) looks.push_back(blocks);
  } else {
    double blocks = plan.first;
    while (kLeastGrowthToCap * std::round(blocks) <= plan.cap) {
      looks.push_back(static_cast<int>(std::lround(blocks)));
      blocks = std::max(plan.growth * blocks, looks.back() + 1.0);
    }
  }
  looks.push_back(plan.cap);
  return looks;
}

}  // namespace assay::stats
