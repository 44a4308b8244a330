#include "experiments/decide/comparison/futility.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/outlook.hpp"
#include "stats/planner.hpp"

namespace assay::decide {
namespace {

/// Before so many blocks the noise is hardly known.
constexpr int kFewestToTell = 15;
/// The true effects that are considered lie in an interval of this confidence.
constexpr double kConfidenceOfEffects = 0.9;
/// The noise is taken smaller than it was seen, since it is not known well.
constexpr double kPartOfNoise = 0.8;

bool may_be_futile(const Plan& plan, const ComparisonState& comparison) {
  const Protocol& protocol = plan.protocol;
  return rules_of(plan).futility == Futility::asked && comparison.measuring() && protocol.claim != ClaimRule::suite &&
         !looks_once(protocol) && !looks_anytime(protocol) && !is_costly(protocol.design) &&
         comparison.looked_at() >= kFewestToTell && comparison.looked_at() < protocol.max_blocks;
}

stats::PlanningLevels one_sided(double side_level, const Plan& plan) {
  return {.alpha = 2 * side_level, .alpha_equivalence = side_level, .power = plan.protocol.power};
}

/// What the blocks so far tell about those to come.
struct Seen {
  stats::Outlook now;  ///< with any effect
  Interval effects;    ///< the plausible ones
};

/// One metric's test, and what it may still show.
class Prospect {
 public:
  Prospect(const Plan& plan, const MetricTest& test, const Seen& seen) : plan_(&plan), test_(&test), seen_(seen) {
    for (const int look : looks_of(plan.protocol)) {
      if (look > seen.now.blocks) later_.push_back(look);
    }
  }

  /// The largest value over the plausible effects of a chance that depends on the effect.
  template <class Chance>
  [[nodiscard]] double largest(Chance chance) const {
    double most = 0;
    for (int step = 0; step <= kSteps; ++step) {
      stats::Outlook now = seen_.now;
      now.effect = seen_.effects.low + (seen_.effects.high - seen_.effects.low) * step / kSteps;
      most = std::max(most, chance(now));
    }
    return most;
  }

  [[nodiscard]] double improved(const stats::Outlook& now) const {
    return at_best_look([&](int look) {
      const double shown = least() + width(look, test_->levels().sides.below_zero);
      return stats::chance_below(now, look, -std::max(margin(), shown));
    });
  }
  [[nodiscard]] double regressed(const stats::Outlook& now) const {
    return at_best_look([&](int look) {
      const double shown = least() + width(look, test_->levels().sides.above_zero);
      return stats::chance_above(now, look, std::max(margin(), shown));
    });
  }
  [[nodiscard]] double equivalent(const stats::Outlook& now) const {
    return at_best_look(
        [&](int look) { return stats::chance_within(now, look, margin() - width(look, test_->levels().equivalence)); });
  }
  [[nodiscard]] double not_worse(const stats::Outlook& now) const {
    return at_best_look(
        [&](int look) { return stats::chance_below(now, look, margin() - width(look, test_->levels().equivalence)); });
  }
  [[nodiscard]] double beyond_margin(const stats::Outlook& now) const {
    return at_best_look([&](int look) {
      return stats::chance_above(now, look, margin() + width(look, test_->levels().sides.above_zero));
    });
  }

 private:
  static constexpr int kSteps = 32;  ///< from one end of the plausible effects to the other

  [[nodiscard]] double margin() const { return test_->margin(); }
  [[nodiscard]] double least() const { return plan_->protocol.kappa * margin(); }
  [[nodiscard]] double width(int look, double side_level) const {
    return stats::half_width_of_interval(seen_.now.tau, look, one_sided(side_level, *plan_)) + test_->resolution();
  }
  template <class Chance>
  [[nodiscard]] double at_best_look(Chance chance) const {
    double most = 0;
    for (const int look : later_) most = std::max(most, chance(look));
    return most;
  }

  const Plan* plan_;
  const MetricTest* test_;
  Seen seen_;
  std::vector<int> later_;
};

std::optional<Prospect> prospect_of(const Plan& plan, const ComparisonState& comparison, std::size_t index,
                                    std::span<const Block> blocks) {
  const MetricTest& test = comparison.tests()[index];
  if (!test.has_looked() || test.unreadable() || !test.is_by_ranks() || !test.metric().margin) return std::nullopt;
  const PairedSeries series = paired_series(plan, {comparison.metrics()[index], comparison.treatment()}, blocks);
  const std::vector<double> effects = oriented_effects(test.metric(), series.effects);
  const bool all_finite = std::ranges::all_of(effects, [](double effect) { return std::isfinite(effect); });
  if (!all_finite || effects.size() < 2) return std::nullopt;
  const stats::HodgesLehmann shift = stats::hodges_lehmann(effects, kConfidenceOfEffects);
  const Seen seen{.now = {.estimate = shift.estimate,
                          .blocks = static_cast<int>(effects.size()),
                          .tau = kPartOfNoise * stats::estimate_tau(effects)},
                  .effects = shift.interval};
  if (!(seen.now.tau > 0) || !std::isfinite(shift.interval.low) || !std::isfinite(shift.interval.high)) {
    return std::nullopt;
  }
  return Prospect(plan, test, seen);
}

/// The chance that the primary metric still decides something; 0 if everything that is waited for was reached.
double chance_of_primary(const Plan& plan, const ComparisonState& comparison, const Prospect& prospect) {
  const bool for_other_cells = plan.protocol.claim == ClaimRule::any && compared_cells(plan).size() > 1;
  const bool asks_not_worse = plan.protocol.goal == Goal::not_worse || for_other_cells;
  const bool waits_for_not_worse = asks_not_worse && !comparison.primary().not_worse();
  const bool waits_for_verdict = comparison.primary().claim() == Verdict::inconclusive;
  return prospect.largest([&](const stats::Outlook& now) {
    double chance = waits_for_not_worse ? prospect.not_worse(now) : 0;
    if (!waits_for_verdict) return chance;
    chance += prospect.regressed(now);
    if (plan.protocol.goal == Goal::improve) chance += prospect.improved(now) + prospect.equivalent(now);
    return chance;
  });
}

double chance_of_guard(const Prospect& guard) {
  return guard.largest([&](const stats::Outlook& now) { return guard.not_worse(now) + guard.beyond_margin(now); });
}

}  // namespace

std::optional<double> chance_of_more(const Plan& plan, const ComparisonState& comparison,
                                     std::span<const Block> blocks) {
  if (!may_be_futile(plan, comparison)) return std::nullopt;
  const std::optional<Prospect> primary = prospect_of(plan, comparison, 0, blocks);
  if (!primary) return std::nullopt;
  double chance = chance_of_primary(plan, comparison, *primary);
  for (std::size_t test = 1; test < comparison.tests().size(); ++test) {
    if (comparison.guard_status(test) != GuardStatus::open) continue;
    const std::optional<Prospect> guard = prospect_of(plan, comparison, test, blocks);
    if (!guard) return std::nullopt;
    chance += chance_of_guard(*guard);
  }
  return chance;
}

MetricVerdict after_futility(const MetricVerdict& verdict, std::optional<Stop> stop) {
  if (stop != Stop::futile || verdict.verdict != Verdict::inconclusive) return verdict;
  return {Verdict::inconclusive, VerdictReason::futile};
}

}  // namespace assay::decide
