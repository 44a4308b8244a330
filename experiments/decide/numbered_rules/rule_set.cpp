#include "experiments/decide/numbered_rules/rule_set.hpp"

#include <array>
#include <cstddef>

#include "core/assert.hpp"

namespace assay::decide {
namespace {

constexpr std::array<RuleSet, kNewestRules> kRuleSets = {
    RuleSet{},
    RuleSet{.intervals = stats::IntervalScope::all_looks,
            .p = PrintedP::at_most_the_level,
            .all_cells = AllCellsLevels::worse_is_divided,
            .withdrawn_equivalence = WithdrawnEquivalence::goes_on,
            .confirmation = Confirmation::sequential_test,
            .share_interval = ShareInterval::difference,
            .baseline = BaselineRule::asked,
            .one_order = OneOrder::waits,
            .beside_the_clock = BesideTheClock::judged,
            .close_questions = CloseQuestions::judged,
            .read_harness = ReadHarness::judged,
            .equivalence_boundary = stats::EquivalenceBoundary::conditional,
            .futility = Futility::asked,
            .quicker_times = QuickerTimes::named,
            .lost_blocks = LostBlocks::at_their_worst},
};

}  // namespace

const RuleSet& rule_set(int number) {
  ASSAY_ASSERT(number >= 1 && number <= kNewestRules);
  return kRuleSets[static_cast<std::size_t>(number - 1)];
}

const RuleSet& rules_of(const Plan& plan) {
  return rule_set(plan.rules);
}

}  // namespace assay::decide
