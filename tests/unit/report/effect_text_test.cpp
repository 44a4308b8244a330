#include "experiments/report/effect_text.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace assay::report {
namespace effect_text_tests {

constexpr double kBeyondZero = std::numeric_limits<double>::min();  ///< an end of which only the sign is known
constexpr double kOpen = std::numeric_limits<double>::infinity();

Metric metric_of(MetricKind kind) {
  Metric metric;
  metric.kind = kind;
  return metric;
}

std::string interval_of(MetricKind kind, const Interval& interval) {
  return effect_interval_text(metric_of(kind), interval);
}

TEST(IntervalText, OfAnEndThatExcludesZeroOnlyJustSaysSo) {
  EXPECT_EQ(interval_of(MetricKind::proportion, {kBeyondZero, 0.349}), "above 0 to +34.9 points");
  EXPECT_EQ(interval_of(MetricKind::proportion, {-0.349, -1e-5}), "-34.9 points to below 0");
  EXPECT_EQ(interval_of(MetricKind::positive, {kBeyondZero, std::log(1.05)}), "above 0 to +5.0 %");
  EXPECT_EQ(interval_of(MetricKind::positive, {kBeyondZero, kOpen}), "above 0");
  EXPECT_EQ(interval_of(MetricKind::positive, {-kOpen, -kBeyondZero}), "below 0");
}

TEST(IntervalText, OfAnEndNextToZeroThatExcludesNothingIsRounded) {
  EXPECT_EQ(interval_of(MetricKind::proportion, {0, 0.349}), "0.0 points to +34.9 points");
  EXPECT_EQ(interval_of(MetricKind::proportion, {-0.349, 1e-5}), "-34.9 points to 0.0 points");
}

TEST(IntervalText, OfTheOldestRulesIsRounded) {
  EXPECT_EQ(
      effect_interval_text(metric_of(MetricKind::proportion), {kBeyondZero, 0.349}, {.near_end = NearEnd::rounded}),
      "0.0 points to +34.9 points");
}

TEST(EffectText, OfTimesThatExcludeOneOnlyJustSaysSo) {
  Wording wording{.manner = Manner::times};
  const auto interval_in = [&](const Interval& interval) {
    return effect_text(metric_of(MetricKind::positive), 0.05, interval, {"control", "treatment"}, wording).interval;
  };
  EXPECT_EQ(interval_in({kBeyondZero, 0.06}), "above 1 to 1.062");
  EXPECT_EQ(interval_in({kBeyondZero, kOpen}), "above 1");
  wording.near_end = NearEnd::rounded;
  EXPECT_EQ(interval_in({kBeyondZero, 0.06}), "1.000 to 1.062");
}

}  // namespace effect_text_tests
}  // namespace assay::report
