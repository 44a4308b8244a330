#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/decide/blocks/margin.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace agreement_tests {

/// One way to run an attempt.
struct Mode {
  std::string name;
  Plan plan;
};

Plan newest_plan() {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  plan.protocol.max_blocks = 40;
  return plan;
}

template <class Change>
Mode mode(std::string name, Change change) {
  Mode made{std::move(name), newest_plan()};
  change(made.plan);
  return made;
}

/// Three cells, of which the last has the whole effect and the first half of it.
Mode cells_mode(std::string name, ClaimRule claim) {
  Mode made{std::move(name), plan_of_cells(3, claim)};
  made.plan.rules = kNewestRules;
  made.plan.protocol.max_blocks = 40;
  return made;
}

Mode costly_mode(std::string name, Design design) {
  return mode(std::move(name), [design](Plan& plan) {
    plan.protocol.design = design;
    plan.protocol.looks = LookMode::once;
    plan.protocol.max_blocks = plan.protocol.min_blocks = 6;
  });
}

std::vector<Mode> modes_of_several_cells_and_other_designs() {
  return {
      cells_mode("several cells", ClaimRule::any),
      cells_mode("all cells", ClaimRule::all),
      cells_mode("suite", ClaimRule::suite),
      mode("race",
           [](Plan& plan) {
             plan.variable = {VariableKind::level, "workers", {}};
             for (const char* value : {"1", "2", "4"}) {
               plan.variable.levels.push_back({std::string("workers=") + value, ArgumentLevel{value}});
             }
           }),
      mode("abba", [](Plan& plan) { plan.protocol.design = Design::abba; }),
      mode("duet", [](Plan& plan) { plan.protocol.design = Design::duet; }),
      costly_mode("costly", Design::costly),
      costly_mode("costly quads", Design::costly_quads),
  };
}

std::vector<Mode> modes_of_one_cell() {
  return {
      mode("plain", [](Plan&) {}),
      mode("kappa 0", [](Plan& plan) { plan.protocol.kappa = 0; }),
      mode("kappa 1", [](Plan& plan) { plan.protocol.kappa = 1; }),
      mode("better expected", [](Plan& plan) { plan.protocol.sidedness = Sidedness::expect_better; }),
      mode("worse expected, kappa 0",
           [](Plan& plan) {
             plan.protocol.sidedness = Sidedness::expect_worse;
             plan.protocol.kappa = 0;
           }),
      mode("second attempt",
           [](Plan& plan) {
             plan.protocol.attempts = 3;
             plan.attempt = 2;
             plan.protocol.kappa = 0;
           }),
      mode("third attempt",
           [](Plan& plan) {
             plan.protocol.attempts = 3;
             plan.attempt = 3;
           }),
      mode("higher is better", [](Plan& plan) { plan.metrics[0].direction = Direction::higher; }),
      mode("confirmed", [](Plan& plan) { plan.protocol.confirm = 12; }),
      mode("confirmed, kappa 0",
           [](Plan& plan) {
             plan.protocol.confirm = 12;
             plan.protocol.kappa = 0;
           }),
      mode("anytime", [](Plan& plan) { plan.protocol.looks = LookMode::anytime; }),
      mode("every block", [](Plan& plan) { plan.protocol.look_every_block = true; }),
      mode("fixed", [](Plan& plan) { plan.protocol.looks = LookMode::once; }),
      mode("not worse", [](Plan& plan) { plan.protocol.goal = Goal::not_worse; }),
  };
}

std::vector<Mode> modes() {
  std::vector<Mode> all = modes_of_one_cell();
  for (Mode& one : modes_of_several_cells_and_other_designs()) all.push_back(std::move(one));
  return all;
}

/// What happens to blocks besides the noise.
enum class Trouble { none, coarse_clock, failures, void_blocks, drift };

double rounded_to(double value, double step) {
  return std::round(value / step) * step;
}

/// The effect differs a little between cells and levels: the last of each has all of it.
double effect_on(const Plan& plan, const Truth& truth, std::size_t cell, ArmIndex arm) {
  const double of_cell = 1 - 0.25 * static_cast<double>(cells(plan).size() - 1 - cell);
  const double of_arm = static_cast<double>(arm) / static_cast<double>(arm_count(plan) - 1);
  return truth.log_ratio * of_cell * of_arm;
}

/// One trial of about 1 s, log-normal.
Trial troubled_trial(double effect, double normal, const Truth& truth, Trouble trouble) {
  const double value = std::exp(effect + truth.noise * normal);
  return measured(trouble == Trouble::coarse_clock ? rounded_to(value, 0.02) : value);
}

Block troubled_block(const Plan& plan, const BlockOrder& order, const Truth& truth, Trouble trouble) {
  Generator generator =
      Seed(truth.seed).stream(Stream::simulation, order.cell, static_cast<std::uint64_t>(order.number));
  const double strength = trouble == Trouble::drift ? order.number / 10.0 : 1;
  Block block;
  block.cell = order.cell;
  block.number = order.number;
  block.padding = order.padding;
  for (const ArmIndex arm : order.arms) {
    const double effect = strength * effect_on(plan, truth, order.cell, arm);
    const bool fails = trouble == Trouble::failures && order.number % (arm == kControl ? 7 : 11) == 0;
    block.trials.push_back(fails ? failed() : troubled_trial(effect, generator.normal(), truth, trouble));
    block.trials.back().arm = arm;
  }
  return block;
}

BlockOrder next_order(const AttemptAnalysis& analysis, const Plan& plan, std::size_t cell, int number) {
  return is_race(plan) ? design::block_order(plan, cell, number, 0, analysis.arms_of_next_blocks(cell))
                       : design::block_order(plan, cell, number);
}

/// All cells in turn, as a session runs them.
AttemptResult played(const Plan& plan, const Truth& truth, Trouble trouble) {
  AttemptAnalysis analysis(plan);
  std::vector<int> numbers(cells(plan).size(), 0);
  while (!analysis.finished()) {
    for (std::size_t cell = 0; cell < numbers.size(); ++cell) {
      for (int left = analysis.blocks_to_next_look(cell); left > 0 && analysis.blocks_to_next_look(cell) > 0; --left) {
        const BlockOrder order = next_order(analysis, plan, cell, ++numbers[cell]);
        Block block = troubled_block(plan, order, truth, trouble);
        if (trouble == Trouble::void_blocks && order.number % 9 == 0) {
          Block lost = block;
          lost.trials.back().outcome = HookFailed{"prepare", "lost"};
          drop_values(lost.trials.back(), lost.trials.back().values.size());
          analysis.add(lost);
        }
        analysis.add(block);
      }
    }
  }
  return analysis.result();
}

/// A claim and the figures that are printed beside it.
struct Claim {
  Verdict verdict = Verdict::inconclusive;
  const MetricResult& primary;
};

/// How many cells may claim on their own: the interval of each has its part of the level, and its p, adjusted for all
/// of them, is held against the whole.
double claims_at_once(const Plan& plan) {
  return plan.protocol.claim == ClaimRule::any ? static_cast<double>(cells(plan).size()) : 1;
}

/// What the printed figures deny of a claim; empty if they agree.
std::string disagreement(const Plan& plan, const Claim& claim) {
  const MetricResult& primary = claim.primary;
  if (!primary.effect) return "";
  const Metric& metric = plan.metrics[0];
  const Interval interval = turned(metric, primary.effect->interval);
  const double margin = margin_on_scale(metric, {});
  const double least = plan.protocol.kappa * margin;
  const double level = (1 - primary.effect->confidence) * claims_at_once(plan);
  const bool improved = claim.verdict == Verdict::improved;
  const bool regressed = claim.verdict == Verdict::regressed;
  if (improved && !(interval.high < -least)) return "improved, but the interval reaches kappa margins";
  if (regressed && !(interval.low > least)) return "regressed, but the interval reaches kappa margins";
  if (interval.low > interval.high) return "the interval is empty";
  const double estimate = worse_sign(metric) * primary.effect->estimate;
  if (estimate < interval.low || interval.high < estimate) return "the interval does not hold the estimate";
  const bool has_p = primary.effect->p.has_value();
  if ((improved || regressed) && has_p && *primary.effect->p > level * (1 + 1e-12)) {
    return "p exceeds the level of the claim";
  }
  if (claim.verdict == Verdict::equivalent || primary.not_worse) {
    const Interval within = turned(metric, primary.equivalence->interval);
    if (claim.verdict == Verdict::equivalent && !(-margin < within.low && within.high < margin)) {
      return "equivalent, but the interval reaches the margin";
    }
    if (primary.not_worse && !(within.high < margin)) return "not worse, but the interval reaches the margin";
  }
  return "";
}

/// The same for each claim of an attempt: of each comparison, and of the suite.
std::string disagreement(const Plan& plan, const AttemptResult& result) {
  for (const Comparison& comparison : result.comparisons) {
    const std::string found = disagreement(plan, {comparison.verdict, comparison.metrics.at(0)});
    if (!found.empty()) return fmt::format("cell {}: {}", comparison.cell.index, found);
  }
  for (const SuiteResult& suite : result.suite) {
    const std::string found = disagreement(plan, {suite.average.verdict, suite.average});
    if (!found.empty()) return "suite: " + found;
  }
  return "";
}

/// Whether what is claimed of the whole is claimed of some cell, of the search of some cell (that no level is better
/// than the first), or of the suite if that is the claim.
bool is_claimed_somewhere(const AttemptResult& result, Verdict verdict) {
  const auto claims = [verdict](const auto& part) { return part.verdict == verdict; };
  return std::any_of(result.comparisons.begin(), result.comparisons.end(), claims) ||
         std::any_of(result.searches.begin(), result.searches.end(), claims) ||
         (!result.suite.empty() && result.suite.front().average.verdict == verdict);
}

/// How often each mode claimed what: a mode that never claims anything shows nothing.
using Claims = std::map<std::string, std::map<Verdict, int>>;

TEST(Agreement, OfVerdictIntervalAndPHoldsInEveryMode) {
  Claims claims;
  for (const Mode& one : modes()) {
    for (const Trouble trouble :
         {Trouble::none, Trouble::coarse_clock, Trouble::failures, Trouble::void_blocks, Trouble::drift}) {
      for (const double effect : {0.0, -0.03, -0.1, 0.04}) {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
          const AttemptResult result = played(one.plan, {.log_ratio = effect, .noise = 0.02, .seed = seed}, trouble);
          const std::string place =
              fmt::format("{}, trouble {}, effect {}, seed {}", one.name, static_cast<int>(trouble), effect, seed);
          EXPECT_EQ(disagreement(one.plan, result), "") << place;
          const bool claims_direction = result.verdict == Verdict::improved || result.verdict == Verdict::regressed;
          EXPECT_TRUE(!claims_direction || is_claimed_somewhere(result, result.verdict)) << place;
          ++claims[one.name][result.verdict];
        }
      }
    }
  }
  for (const Mode& one : modes()) {
    const bool is_a_gain = one.plan.metrics[0].direction == Direction::higher;
    EXPECT_GT(claims[one.name][is_a_gain ? Verdict::regressed : Verdict::improved], 0) << one.name;
  }
}

TEST(Agreement, OfOldRulesIsWhatItWas) {
  // A plan without the key keeps the look's own interval: a later look may widen it.
  Plan plan = simple_plan();
  EXPECT_EQ(plan.rules, kOldestRules);
  EXPECT_EQ(rule_set(kOldestRules), RuleSet{});
}

/// The yes of an arm in these blocks.
Plan yes_or_no_plan(double kappa) {
  Plan plan = newest_plan();
  plan.metrics[0].kind = MetricKind::proportion;
  plan.metrics[0].direction = Direction::higher;
  plan.protocol.kappa = kappa;
  plan.protocol.max_blocks = 200;
  return plan;
}

/// Independent draws with these shares of yes.
AttemptResult drawn_shares(const Plan& plan, double control, double treatment, std::uint64_t seed) {
  return result_of(plan, [&](int number) {
    Generator generator = Seed(seed).stream(Stream::simulation, static_cast<std::uint64_t>(number));
    const double of_control = generator.uniform() < control ? 1 : 0;
    const double of_treatment = generator.uniform() < treatment ? 1 : 0;
    return block_of(plan, number, {measured(of_control), measured(of_treatment)});
  });
}

TEST(Agreement, OfAYesOrNoExcludesZeroExactlyIfItsSignIsShown) {
  for (const double kappa : {0.0, 0.5}) {
    const Plan plan = yes_or_no_plan(kappa);
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      const AttemptResult result = drawn_shares(plan, 0.85, 0.97, seed);
      EXPECT_EQ(disagreement(plan, result), "") << seed;
      const Effect& effect = *result.comparisons[0].metrics[0].effect;
      const bool excludes_zero = effect.interval.low > 0 || effect.interval.high < 0;
      EXPECT_EQ(excludes_zero, *effect.p <= 0.05 * (1 + 1e-12)) << seed;
    }
  }
}

}  // namespace agreement_tests
}  // namespace assay::decide
