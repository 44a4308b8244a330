#include "tests/reference/expectations.hpp"

#include <gtest/gtest.h>

#include "tests/reference/reference_data.hpp"

namespace assay::test {

using nlohmann::json;
using stats::Alternative;

Alternative alternative_of(const json& entry) {
  const auto name = entry.at("alternative").get<std::string>();
  return name == "less" ? Alternative::less : name == "greater" ? Alternative::greater : Alternative::two_sided;
}

void expect_named(const json& entry, const char* name, double actual) {
  if (!entry.contains(name) || entry.at(name).is_null()) return;
  const auto expected = entry.at(name).get<double>();
  EXPECT_NEAR(actual, expected, tolerance(entry, expected)) << name << " of " << entry.dump();
}

void expect_interval(const json& entry, const char* name, const Interval& actual) {
  const json& expected = entry.at(name);
  const auto low = expected.at(0).get<double>();
  const auto high = expected.at(1).get<double>();
  EXPECT_NEAR(actual.low, low, tolerance(entry, low)) << name << " of " << entry.dump();
  EXPECT_NEAR(actual.high, high, tolerance(entry, high)) << name << " of " << entry.dump();
}

}  // namespace assay::test
