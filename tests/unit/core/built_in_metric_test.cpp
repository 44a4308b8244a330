#include "core/trial_parts/built_in_metric.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace built_in_metric_tests {

TEST(Measures, AsksForTheSourceAndNotForTheName) {
  Metric metric = *find_built_in_metric("wall");
  EXPECT_TRUE(measures(metric, BuiltInMetric::wall));
  EXPECT_FALSE(measures(metric, BuiltInMetric::cpu));
  metric.name = "latency";
  EXPECT_TRUE(measures(metric, BuiltInMetric::wall));
  metric.name = "wall";
  metric.source = JsonSource{"/wall"};
  EXPECT_FALSE(measures(metric, BuiltInMetric::wall));
}

TEST(Measures, HasANameOfATrialsMetricForEach) {
  for (const std::string_view name : EnumNames<BuiltInMetric>::values) {
    ASSERT_NE(find_built_in_metric(name), nullptr) << name;
  }
}

}  // namespace built_in_metric_tests
}  // namespace assay
