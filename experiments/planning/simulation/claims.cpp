#include "experiments/planning/simulation/claims.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "experiments/decide/methods/metric_test.hpp"
#include "stats/parallel.hpp"

namespace assay::planning {
namespace {

/// Up to the cap.
std::vector<int> every_look(const Protocol& protocol) {
  std::vector<int> looks = decide::looks_of(protocol);
  if (!looks_anytime(protocol)) return looks;
  for (int look = looks.front() + 1; look <= protocol.max_blocks; ++look) looks.push_back(look);
  return looks;
}

/// One attempt's, each 0 or 1.
Claims claims_of(const Play& play, int number) {
  const Plan& plan = play.plan;
  const DrawnBlocks drawn = draw_blocks(play, number);
  std::vector<Block> blocks;
  for (std::size_t block = 0; block < drawn.orders.size(); ++block) {
    blocks.push_back(design::value_block(drawn.orders[block], drawn.pairs[block]));
  }
  const std::size_t metric = primary_metric(plan);
  const std::vector<int> looks = every_look(plan.protocol);
  decide::MetricTest test({.metric = plan.metrics[metric],
                           .levels = decide::primary_levels(plan, decide::test_counts(plan)),
                           .kappa = plan.protocol.kappa,
                           .looks = looks,
                           .anytime = looks_anytime(plan.protocol),
                           .seed = plan.seed.derive(Stream::signs, static_cast<std::uint64_t>(number)),
                           .rules = decide::rules_of(plan)});
  Claims claims{.attempts = 1, .blocks_below_zero = static_cast<double>(plan.protocol.max_blocks)};
  for (const int look : looks) {
    const auto seen = std::span<const Block>(blocks).first(static_cast<std::size_t>(look));
    test.look(decide::paired_series(plan, {metric, 1}, seen), decide::LookKind::scheduled);
    const stats::Look& shown = test.claims();
    if (shown.below_zero && claims.below_zero == 0) claims.blocks_below_zero = look;
    claims.below_zero |= shown.below_zero ? 1 : 0;
    claims.above_zero |= shown.above_zero ? 1 : 0;
    claims.below_kappa_margin |= shown.below_kappa_margin ? 1 : 0;
    claims.above_kappa_margin |= shown.above_kappa_margin ? 1 : 0;
    if (shown.equivalent) claims.equivalent = 1;
  }
  return claims;
}

}  // namespace

Claims count_claims(const Play& play, const PlayCount& count) {
  std::vector<Claims> each(static_cast<std::size_t>(count.attempts));
  stats::in_parallel(each.size(), count.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t number = begin; number < end; ++number) each[number] = claims_of(play, static_cast<int>(number));
  });
  // Added in the order of the attempts, so that the mean is the same to the last bit whatever the threads.
  Claims all;
  for (const Claims& one : each) {
    all.attempts += one.attempts;
    all.below_zero += one.below_zero;
    all.above_zero += one.above_zero;
    all.below_kappa_margin += one.below_kappa_margin;
    all.above_kappa_margin += one.above_kappa_margin;
    all.equivalent += one.equivalent;
    all.blocks_below_zero += one.blocks_below_zero / static_cast<double>(each.size());
  }
  return all;
}

}  // namespace assay::planning
