#include "experiments/decide/methods/method.hpp"

#include <gtest/gtest.h>

namespace assay::decide {
namespace method_tests {

/// As many blocks as there are pairs, treatment first in every other one.
PairedSeries series_of(const std::vector<std::pair<double, double>>& pairs) {
  PairedSeries series;
  for (const auto& [control, treatment] : pairs) {
    for (auto* values : {&series.control, &series.control_values}) values->push_back(control);
    for (auto* values : {&series.treatment, &series.treatment_values}) values->push_back(treatment);
    series.effects.push_back(treatment - control);
    series.treatment_position.push_back(static_cast<int>(series.effects.size() % 2));
  }
  return series;
}

MetricTestDesign design_for(MetricKind kind) {
  MetricTestDesign design;
  design.metric.kind = kind;
  design.metric.margin = Percent{3};
  design.looks = {2, 4};
  return design;
}

/// How the effect is estimated at a first look at these values.
Estimator estimator_for(const MetricTestDesign& design, const PairedSeries& series) {
  const std::unique_ptr<Method> method = choose_method(design, 0.03, series);
  method->look(series, LookKind::scheduled);
  return method->estimator();
}

const PairedSeries kNoisy = series_of({{1.0, 1.1}, {1.2, 1.1}});
const PairedSeries kYesAndNo = series_of({{1, 0}, {1, 1}});
const PairedSeries kSame = series_of({{7, 8}, {7, 8}});

TEST(Method, OfNoisyValuesIsTheSignedRanks) {
  EXPECT_EQ(estimator_for(design_for(MetricKind::positive), kNoisy), Estimator::hodges_lehmann);
  EXPECT_EQ(estimator_for(design_for(MetricKind::difference), kSame), Estimator::hodges_lehmann);
}

TEST(Method, OfAYesOrNoIsItsShareAndOfAFractionTheRanks) {
  EXPECT_EQ(estimator_for(design_for(MetricKind::proportion), kYesAndNo), Estimator::share_difference);
  EXPECT_EQ(estimator_for(design_for(MetricKind::proportion), kNoisy), Estimator::hodges_lehmann);
}

TEST(Method, OfACostlyDesignIsTheDifferenceOfMeans) {
  MetricTestDesign design = design_for(MetricKind::positive);
  design.strata = {2, 2};
  EXPECT_EQ(estimator_for(design, kNoisy), Estimator::difference_of_means);
}

TEST(Method, OfWhatNeverVariesIsExactUntilItDoes) {
  const MetricTestDesign design = design_for(MetricKind::deterministic);
  const std::unique_ptr<Method> method = choose_method(design, 0.21, kSame);
  method->look(kSame, LookKind::scheduled);
  EXPECT_EQ(method->estimator(), Estimator::exact);
  EXPECT_EQ(method->last_look().repeated, (Interval{1, 1}));
  EXPECT_FALSE(method->p_value().has_value());
  EXPECT_FALSE(method->remark().has_value());

  method->look(series_of({{7, 8}, {7, 8}, {7, 9}, {7, 8}}), LookKind::scheduled);
  EXPECT_EQ(method->estimator(), Estimator::hodges_lehmann);
  EXPECT_TRUE(method->p_value().has_value());
  ASSERT_TRUE(method->remark().has_value());
  EXPECT_EQ(method->remark()->kind, DiagnosticKind::varies);
}

TEST(Method, OfAnytimeEvidenceGivesTheSameIntervalsLookedAtOnceOrTwice) {
  MetricTestDesign design = design_for(MetricKind::difference);
  design.anytime = true;
  const PairedSeries all = series_of({{1.0, 1.1}, {1.2, 1.1}, {1.0, 1.3}, {1.1, 1.2}});
  const std::unique_ptr<Method> twice = choose_method(design, 0.03, kNoisy);
  twice->look(kNoisy, LookKind::scheduled);
  (void)twice->last_look();
  twice->look(all, LookKind::scheduled);
  const std::unique_ptr<Method> once = choose_method(design, 0.03, all);
  once->look(all, LookKind::last);
  EXPECT_EQ(twice->last_look().repeated, once->last_look().repeated);
  EXPECT_EQ(twice->p_value(), once->p_value());
}

}  // namespace method_tests
}  // namespace assay::decide
