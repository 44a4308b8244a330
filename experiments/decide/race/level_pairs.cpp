#include "experiments/decide/race/level_pairs.hpp"

#include <algorithm>

#include "experiments/decide/levels/looks.hpp"

namespace assay::decide {
namespace {

/// Past the numbers of all tests against first levels; each pair has its own.
Seed seed_of_pair(const Plan& plan, std::size_t cell, const PairedMetric& pair) {
  const std::size_t arms = arm_count(plan);
  const std::uint64_t place = (cell * arms + pair.control) * arms + pair.treatment;
  return plan.seed.derive(Stream::signs, (cells(plan).size() + 1) * arms * plan.metrics.size() + place);
}

/// The second level is worse than the first: the whole interval lies beyond 0, or touches it where the sign is shown.
bool second_is_worse(const stats::Look& look) {
  return look.repeated.low > 0 || (look.above_zero && look.repeated.low == 0);
}
bool first_is_worse(const stats::Look& look) {
  return look.repeated.high < 0 || (look.below_zero && look.repeated.high == 0);
}

template <class Visit>
void for_each_pair(const std::vector<ArmIndex>& levels, Visit visit) {
  for (std::size_t second = 0; second < levels.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) visit(levels[first], levels[second]);
  }
}

}  // namespace

LevelPairs::LevelPairs(const Plan& plan, std::size_t cell, const TestCounts& counts) : plan_(&plan) {
  const std::size_t primary = primary_metric(plan);
  for (ArmIndex level = 1; level < arm_count(plan); ++level) {
    against_first_.emplace_back(
        plan, ComparisonSettings{.cell = cell, .treatment = level, .stops_by = StopsBy::the_race}, counts);
    for (ArmIndex other = 1; other < level; ++other) {
      const PairedMetric pair{primary, level, other};
      others_.emplace(std::pair(other, level), MetricTest({.metric = plan.metrics[primary],
                                                           .levels = primary_levels(plan, counts),
                                                           .kappa = plan.protocol.kappa,
                                                           .looks = looks_of(plan.protocol),
                                                           .seed = seed_of_pair(plan, cell, pair),
                                                           .rules = rules_of(plan)}));
    }
  }
}

const MetricTest& LevelPairs::test(ArmIndex first, ArmIndex second) const {
  return first == kControl ? against_first(second).primary() : others_.at({first, second});
}

void LevelPairs::choose_looks(const std::vector<int>& looks) {
  for (ComparisonState& comparison : against_first_) comparison.choose_looks(looks);
  for (auto& [levels, test] : others_) test.choose_looks(looks);
}

void LevelPairs::look(const std::vector<ArmIndex>& levels, std::span<const Block> blocks, LookKind kind) {
  const std::size_t primary = primary_metric(*plan_);
  for_each_pair(levels, [&](ArmIndex first, ArmIndex second) {
    if (first == kControl) return against_first(second).look(blocks, kind);
    others_.at({first, second}).look(paired_series(*plan_, {primary, second, first}, blocks), kind);
  });
}

std::map<ArmIndex, ArmIndex> LevelPairs::beaten(const std::vector<ArmIndex>& levels) const {
  std::map<ArmIndex, ArmIndex> winners;
  for_each_pair(levels, [&](ArmIndex first, ArmIndex second) {
    const std::optional<stats::Look> look = test(first, second).last_look();
    if (!look) return;
    if (second_is_worse(*look)) winners.emplace(second, first);
    if (first_is_worse(*look)) winners.emplace(first, second);
  });
  // In a circle each is worse than another: no level is known to be best, and none is dropped.
  if (winners.size() == levels.size()) winners.clear();
  return winners;
}

bool LevelPairs::unreadable(const std::vector<ArmIndex>& levels) const {
  bool any = false;
  for_each_pair(levels, [&](ArmIndex first, ArmIndex second) { any = any || test(first, second).unreadable(); });
  return any;
}

bool LevelPairs::all_equivalent(const std::vector<ArmIndex>& levels) const {
  bool all = true;
  for_each_pair(levels, [&](ArmIndex first, ArmIndex second) {
    const std::optional<stats::Look> look = test(first, second).last_look();
    all = all && look && look->equivalent;
  });
  return all;
}

}  // namespace assay::decide
