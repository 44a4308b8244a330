#include "experiments/campaign/doctor.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace assay::campaign {
namespace doctor_tests {

std::vector<std::string> observed(const std::vector<std::string>& metrics, Instructions instructions) {
  definition::Definition definition;
  for (const std::string& name : metrics) definition.metrics.push_back(*find_built_in_metric(name));
  std::vector<std::string> names;
  for (const Metric& metric : observing_work(definition, instructions).metrics) names.push_back(metric.name);
  return names;
}

TEST(Doctor, ObservesInstructionsOnlyWhereTheyAreCounted) {
  EXPECT_EQ(observed({"wall"}, Instructions::counted), (std::vector<std::string>{"wall", "cpu", "instructions"}));
  EXPECT_EQ(observed({"wall"}, Instructions::unavailable), (std::vector<std::string>{"wall", "cpu"}));
}

TEST(Doctor, ObservesNothingTwice) {
  EXPECT_EQ(observed({"instructions", "cpu"}, Instructions::counted),
            (std::vector<std::string>{"instructions", "cpu"}));
}

}  // namespace doctor_tests
}  // namespace assay::campaign
