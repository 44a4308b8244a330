#include <limits>

#include <gtest/gtest.h>

#include "experiments/decide/blocks/margin.hpp"
#include "experiments/decide/blocks/orientation.hpp"
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

std::vector<Mode> modes() {
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

/// What happens to blocks besides the noise.
enum class Trouble { none, coarse_clock, failures, void_blocks, drift };

double rounded_to(double value, double step) {
  return std::round(value / step) * step;
}

Block troubled_block(const Plan& plan, int number, const Truth& truth, Trouble trouble) {
  Truth present = truth;
  if (trouble == Trouble::drift) present.log_ratio *= number / 10.0;
  auto [control, treatment] = drawn_pair(present, 0, number);
  if (trouble == Trouble::coarse_clock) {
    control = rounded_to(control, 0.02);
    treatment = rounded_to(treatment, 0.02);
  }
  const bool control_fails = trouble == Trouble::failures && number % 7 == 0;
  const bool treatment_fails = trouble == Trouble::failures && number % 11 == 0;
  return block_of(plan, number,
                  {control_fails ? failed() : measured(control), treatment_fails ? failed() : measured(treatment)});
}

AttemptResult played(const Plan& plan, const Truth& truth, Trouble trouble) {
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= 200 && !analysis.finished(); ++number) {
    if (trouble == Trouble::void_blocks && number % 9 == 0) {
      Block lost = block_of(plan, number, {measured(1.0), failed(HookFailed{"prepare", "lost"})});
      analysis.add(lost);
    }
    analysis.add(troubled_block(plan, number, truth, trouble));
  }
  return analysis.result();
}

/// What the printed figures deny of the verdict; empty if they agree.
std::string disagreement(const Plan& plan, const AttemptResult& result) {
  const MetricResult& primary = result.comparisons[0].metrics[0];
  if (!primary.effect) return "";
  const Metric& metric = plan.metrics[0];
  const Interval interval = turned(metric, primary.effect->interval);
  const double margin = margin_on_scale(metric, {});
  const double least = plan.protocol.kappa * margin;
  const double level = 1 - primary.effect->confidence;
  const bool improved = result.verdict == Verdict::improved;
  const bool regressed = result.verdict == Verdict::regressed;
  if (improved && !(interval.high < -least)) return "improved, but the interval reaches kappa margins";
  if (regressed && !(interval.low > least)) return "regressed, but the interval reaches kappa margins";
  if (interval.low > interval.high) return "the interval is empty";
  const double estimate = worse_sign(metric) * primary.effect->estimate;
  if (estimate < interval.low || interval.high < estimate) return "the interval does not hold the estimate";
  if ((improved || regressed) && *primary.effect->p > level * (1 + 1e-12)) return "p exceeds the level of the claim";
  const Interval within = turned(metric, primary.equivalence->interval);
  if (result.verdict == Verdict::equivalent && !(-margin < within.low && within.high < margin)) {
    return "equivalent, but the interval reaches the margin";
  }
  if (primary.not_worse && !(within.high < margin)) return "not worse, but the interval reaches the margin";
  return "";
}

TEST(Agreement, OfVerdictIntervalAndPHoldsInEveryMode) {
  for (const Mode& one : modes()) {
    for (const Trouble trouble :
         {Trouble::none, Trouble::coarse_clock, Trouble::failures, Trouble::void_blocks, Trouble::drift}) {
      for (const double effect : {0.0, -0.03, -0.1, 0.04}) {
        for (std::uint64_t seed = 1; seed <= 2; ++seed) {
          const AttemptResult result = played(one.plan, {.log_ratio = effect, .noise = 0.02, .seed = seed}, trouble);
          EXPECT_EQ(disagreement(one.plan, result), "")
              << one.name << ", trouble " << static_cast<int>(trouble) << ", effect " << effect << ", seed " << seed;
        }
      }
    }
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
