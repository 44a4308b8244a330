#include "experiments/planning/simulation/play.hpp"

#include "core/assert.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/design/value_plan.hpp"
#include "stats/parallel.hpp"

namespace assay::planning {
namespace {

constexpr std::size_t kOnlyCell = 0;
constexpr std::size_t kTrialsPerBlock = 2;

Plan plan_of_attempt(const Play& play, int number) {
  Plan plan = play.plan;
  plan.seed = play.plan.seed.derive(Stream::trials, static_cast<std::uint64_t>(number));
  return plan;
}

std::vector<double> factors_of(const std::vector<BlockOrder>& orders, Percent shift) {
  std::vector<double> factors;
  factors.reserve(kTrialsPerBlock * orders.size());
  for (const BlockOrder& order : orders) {
    for (const ArmIndex arm : order.arms) factors.push_back(arm == kControl ? 1 : 1 + shift.fraction());
  }
  return factors;
}

DrawnBlocks drawn_for(const Plan& plan, const Play& play) {
  ASSAY_ASSERT(arm_count(plan) == kTrialsPerBlock && rounds_per_block(plan.protocol) == 1);
  ASSAY_ASSERT(plan.protocol.max_blocks != kNoCap);
  DrawnBlocks drawn;
  const int blocks = plan.protocol.max_blocks + decide::most_fresh_blocks(plan);
  drawn.orders.reserve(static_cast<std::size_t>(blocks));
  for (int block = 1; block <= blocks; ++block) {
    drawn.orders.push_back(design::block_order(plan, kOnlyCell, block));
  }
  Generator generator = plan.seed.stream(Stream::simulation);
  const std::vector<double> values = play.noise(factors_of(drawn.orders, play.shift), generator);
  for (std::size_t block = 0; block < drawn.orders.size(); ++block) {
    const double first = values[kTrialsPerBlock * block];
    const double second = values[kTrialsPerBlock * block + 1];
    const bool control_first = drawn.orders[block].arms.front() == kControl;
    drawn.pairs.push_back(control_first ? design::ValuePair{first, second} : design::ValuePair{second, first});
  }
  return drawn;
}

}  // namespace

DrawnBlocks draw_blocks(const Play& play, int number) {
  return drawn_for(plan_of_attempt(play, number), play);
}

decide::ComparisonOutline play_attempt(const Play& play, int number) {
  const Plan plan = plan_of_attempt(play, number);
  const DrawnBlocks drawn = drawn_for(plan, play);
  decide::AttemptAnalysis analysis(plan);
  for (std::size_t block = 0; block < drawn.orders.size() && !analysis.finished(); ++block) {
    const bool look_is_due = analysis.blocks_to_next_look(kOnlyCell) == 1;
    analysis.add(design::value_block(drawn.orders[block], drawn.pairs[block]));
    const bool may_stop = play.when_futile == WhenFutile::stops && look_is_due && !analysis.finished();
    if (may_stop && analysis.is_futile()) analysis.stop_as_futile();
  }
  return analysis.outlines().front();
}

std::vector<decide::ComparisonOutline> play_attempts(const Play& play, const PlayCount& count) {
  std::vector<decide::ComparisonOutline> outlines(static_cast<std::size_t>(count.attempts));
  stats::in_parallel(outlines.size(), count.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t number = begin; number < end; ++number) {
      outlines[number] = play_attempt(play, static_cast<int>(number));
    }
  });
  return outlines;
}

}  // namespace assay::planning
