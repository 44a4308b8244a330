#include <algorithm>
#include <optional>
#include <string_view>

#include <gtest/gtest.h>

#include "experiments/decide/methods/metric_test.hpp"
#include "stats/sequential/spending.hpp"
#include "tests/unit/decide/attempts.hpp"

// A proportion that is a yes or no per trial up to some look, and gives a fraction later.

namespace assay::decide {
namespace fractions_tests {

using Pair = std::pair<double, double>;

Metric ok_metric(MetricRole role, std::optional<Percent> margin) {
  Metric metric;
  metric.name = "ok";
  metric.kind = MetricKind::proportion;
  metric.role = role;
  metric.margin = margin;
  metric.direction = Direction::higher;
  metric.source = JsonSource{"/ok"};
  return metric;
}

template <class Values>
AttemptResult result_of_values(Values values, Percent margin = Percent{3}) {
  Plan plan = simple_plan();
  plan.metrics = {ok_metric(MetricRole::primary, margin)};
  return result_of(plan, [&](int number) {
    const auto [control, treatment] = values(number);
    return block_of(plan, number, {measured(control), measured(treatment)});
  });
}

/// A primary metric that improves by 10 %, or as `truth` has it, and this guard.
template <class Guard>
AttemptResult guarded_result(std::optional<Percent> margin, Guard guard, const Truth& truth = {.log_ratio = -0.1}) {
  Plan plan = simple_plan();
  plan.metrics.push_back(ok_metric(MetricRole::guard, margin));
  return result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair(truth, 0, number);
    const auto [of_control, of_treatment] = guard(number);
    return block_of(plan, number, {measured({control, of_control}), measured({treatment, of_treatment})});
  });
}

const MetricResult& metric_of(const AttemptResult& result, std::size_t index) {
  return result.comparisons[0].metrics[index];
}

std::vector<std::string> notes_on_fractions(const AttemptResult& result) {
  std::vector<std::string> notes;
  for (const Diagnostic& diagnostic : result.comparisons[0].diagnostics) {
    if (diagnostic.kind == DiagnosticKind::fractions) notes.push_back(diagnostic.note);
  }
  return notes;
}

/// Always 1, but that treatment gives 0.99 in three of ten blocks after the first look.
Pair nearly_all(int number) {
  return {1.0, number > 6 && number % 10 % 4 == 1 ? 0.99 : 1.0};
}

TEST(Fractions, AfterOnesCountByTheirSizeAndNotByTheirSign) {
  const AttemptResult result = result_of_values(nearly_all);
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  EXPECT_EQ(metric_of(result, 0).effect->estimator, Estimator::hodges_lehmann);
  EXPECT_LE(std::abs(metric_of(result, 0).effect->estimate), 0.01);
  EXPECT_EQ(notes_on_fractions(result),
            std::vector<std::string>{
                "ok gave a fraction in block 9 after being yes or no: compared as fractions from there on"});
}

TEST(Fractions, AfterSixYesesAndNoesAreShownAtTheirOwnSize) {
  const auto late_tenths = [](int number) {
    return number <= 6 ? Pair(0.0, number == 3 || number >= 5 ? 1.0 : 0.0) : Pair(0.10, 0.12);
  };
  const AttemptResult result = result_of_values(late_tenths);
  const Effect& effect = *metric_of(result, 0).effect;
  EXPECT_EQ(effect.estimator, Estimator::hodges_lehmann);
  EXPECT_NEAR(effect.estimate, 0.02, 1e-12);
  EXPECT_LT(effect.interval.high, 0.1);
  EXPECT_NE(result.verdict, Verdict::improved);  // 2 points are less than the margin
}

TEST(Fractions, FromTheFirstLookOnAreNoSwitch) {
  const auto early = [](int number) { return Pair(1.0, number % 3 == 0 ? 0.99 : 1.0); };
  const AttemptResult result = result_of_values(early);
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  EXPECT_EQ(metric_of(result, 0).effect->estimator, Estimator::hodges_lehmann);
  EXPECT_TRUE(notes_on_fractions(result).empty());
}

TEST(Fractions, OfControlEndTheYesOrNoAsThoseOfTreatmentDo) {
  const auto swapped = [](int number) {
    const auto [control, treatment] = nearly_all(number);
    return Pair(treatment, control);
  };
  const AttemptResult result = result_of_values(swapped);
  EXPECT_EQ(result.blocks, result_of_values(nearly_all).blocks);
  EXPECT_EQ(notes_on_fractions(result), notes_on_fractions(result_of_values(nearly_all)));
}

void add_block(PairedSeries& series, double control, double treatment) {
  for (auto* values : {&series.control, &series.control_values}) values->push_back(control);
  for (auto* values : {&series.treatment, &series.treatment_values}) values->push_back(treatment);
  series.effects.push_back(treatment - control);
  series.treatment_position.push_back(static_cast<int>(series.effects.size() % 2));
}

/// Yes and no in the first six blocks, then fractions, of which treatment has the larger.
PairedSeries drawn_series(std::size_t blocks) {
  Generator generator = Seed(5).stream(Stream::simulation);
  PairedSeries series;
  for (std::size_t block = 0; block < blocks; ++block) {
    const double control = 0.4 * generator.uniform();
    const double treatment = 0.4 + 0.6 * generator.uniform();
    add_block(series, block < 6 ? std::round(control) : control, block < 6 ? std::round(treatment) : treatment);
  }
  return series;
}

MetricTest test_with(std::vector<int> looks, double part) {
  return MetricTest({.metric = ok_metric(MetricRole::primary, Percent{3}),
                     .levels = {{part * 0.025, part * 0.025}, part * 0.05},
                     .looks = std::move(looks)});
}

TEST(Fractions, AreTestedByTheLooksAndTheShareOfEachLevelThatAreLeft) {
  const std::vector<int> looks = {6, 9, 12};
  const double unspent = 1 - stats::log_spending(looks, 1).front();
  MetricTest test = test_with(looks, 1);
  MetricTest from_there_on = test_with({9, 12}, unspent);
  test.look(drawn_series(6), LookKind::scheduled);
  EXPECT_TRUE(test.discordant());
  for (const std::size_t blocks : {9, 12}) {
    for (MetricTest* one : {&test, &from_there_on}) one->look(drawn_series(blocks), LookKind::scheduled);
    EXPECT_EQ(test.interval(), from_there_on.interval());
    EXPECT_EQ(test.equivalence()->interval, from_there_on.equivalence()->interval);
    EXPECT_FALSE(test.discordant());
  }
  EXPECT_DOUBLE_EQ(test.effect()->p.value(), from_there_on.effect()->p.value() / unspent);
  EXPECT_LT(test.effect()->p, 0.05);
}

TEST(Fractions, ThatComeWhenTimeIsUpGetAllThatIsLeft) {
  const std::vector<int> looks = {6, 12};
  MetricTest test = test_with(looks, 1);
  MetricTest from_there_on = test_with({12}, 1 - stats::log_spending(looks, 1).front());
  test.look(drawn_series(6), LookKind::scheduled);
  for (MetricTest* one : {&test, &from_there_on}) one->look(drawn_series(10), LookKind::last);
  EXPECT_EQ(test.interval(), from_there_on.interval());
}

TEST(Fractions, VoidWhatTheShareHadShown) {
  // Twelve wholes on one side show a difference, which 24 blocks without one leave in doubt.
  PairedSeries series;
  MetricTest test = test_with({12, 36}, 1);
  for (int block = 0; block < 12; ++block) add_block(series, 0, 1);
  test.look(series, LookKind::scheduled);
  EXPECT_EQ(test.claim(), Verdict::improved);
  for (int block = 0; block < 24; ++block) add_block(series, 0.5, block % 2 == 0 ? 0.45 : 0.55);
  test.look(series, LookKind::scheduled);
  EXPECT_EQ(test.claim(), Verdict::inconclusive);
}

TEST(Fractions, NeverAppearInYesOrNoWhichIsComparedAsEver) {
  const auto alone = [](int number) { return Pair(number % 4 == 2 ? 0.0 : 1.0, number % 25 == 7 ? 0.0 : 1.0); };
  const AttemptResult result = result_of_values(alone, Percent{10});
  const Effect& effect = *metric_of(result, 0).effect;
  EXPECT_EQ(effect.estimator, Estimator::share_difference);
  EXPECT_TRUE(notes_on_fractions(result).empty());
}

TEST(FractionsOfAGuard, DoNotTurnKeepIntoDiscard) {
  const AttemptResult result = guarded_result(Percent{3}, nearly_all);
  EXPECT_EQ(result.decision, Decision::keep);
  EXPECT_EQ(notes_on_fractions(result).size(), 1U);
}

TEST(FractionsOfAGuard, OpenItAgainWhereItHadPassedByItsShare) {
  const Truth nothing{.noise = 0.2, .seed = 3};  // which 200 blocks do not show to be less than 3 %
  const auto guard_with = [&](double late) {
    const AttemptResult result = guarded_result(
        Percent{70}, [&](int number) { return Pair(1.0, number > 6 ? late : 1.0); }, nothing);
    EXPECT_EQ(result.blocks, 200);
    return metric_of(result, 1).guard;
  };
  EXPECT_EQ(guard_with(1.0), GuardStatus::passed);  // at the first look
  EXPECT_EQ(guard_with(0.1), GuardStatus::failed);
  EXPECT_EQ(guard_with(0.99), GuardStatus::passed);
}

TEST(FractionsOfAGuard, WithoutMarginVetoNothingButAWholeFailureStillDoes) {
  EXPECT_EQ(guarded_result(std::nullopt, [](int number) { return Pair(1.0, number == 8 ? 0.99 : 1.0); }).decision,
            Decision::keep);
  const auto also_a_no = [](int number) { return Pair(1.0, number == 3 ? 0.0 : number == 8 ? 0.99 : 1.0); };
  EXPECT_EQ(guarded_result(std::nullopt, also_a_no).decision_reason, DecisionReason::guard);
}

TEST(FractionsInTheBlocksThatConfirm, AreComparedAsFractionsThere) {
  Plan plan = simple_plan();
  plan.metrics = {ok_metric(MetricRole::primary, Percent{3})};
  plan.protocol.confirm = 12;
  const auto result_with = [&](int whole_blocks) {
    return result_of(plan, [&](int number) {
      return block_of(plan, number, {measured(0.0), measured(number > whole_blocks ? 0.9 : 1.0)});
    });
  };
  const AttemptResult wholes = result_with(1000);
  const AttemptResult fractions = result_with(wholes.blocks - wholes.comparisons[0].fresh_blocks);
  EXPECT_EQ(fractions.verdict, Verdict::improved);
  EXPECT_EQ(metric_of(fractions, 0).effect->estimator, Estimator::hodges_lehmann);
  EXPECT_DOUBLE_EQ(metric_of(fractions, 0).effect->estimate, 0.9);
  EXPECT_EQ(notes_on_fractions(fractions).size(), 1U);
}

}  // namespace fractions_tests
}  // namespace assay::decide
