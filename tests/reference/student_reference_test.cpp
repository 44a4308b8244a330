#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "stats/distributions.hpp"
#include "stats/reference/student.hpp"
#include "tests/reference/expectations.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace student_reference_tests {

using nlohmann::json;
using test::alternative_of;
using test::expect_interval;
using test::expect_named;
using test::reference;
using test::reference_log_ratios;
using test::ReferenceData;

/// SciPy 1.10's quantiles of Student's t are off in the ninth digit: of one degree of freedom it gives 636.61924943 for
/// 1/2000, where the closed form cot(pi / 2000) is 636.61924877.
constexpr double kQuantileTolerance = 3e-9;

void take_logarithms(ReferenceData& data) {
  for (std::vector<double>* arm : {&data.control, &data.treatment}) {
    for (double& value : *arm) value = std::log(value);
  }
}

TEST(StudentReference, WelchsTestIsSciPys) {
  for (const json& entry : reference().at("welch_t")) {
    ReferenceData data = test::reference_data(entry.at("data"));
    if (entry.at("log").get<bool>()) take_logarithms(data);
    const TTest result = welch_t_test({.treatment = data.treatment, .control = data.control}, alternative_of(entry));
    expect_named(entry, "t", result.t);
    expect_named(entry, "df", result.degrees_of_freedom);
    expect_named(entry, "p", result.p);
    expect_named(entry, "mean_diff", result.estimate);
    const Interval interval = result.interval(0.95);
    const double allowed = kQuantileTolerance * (interval.high - interval.low);
    EXPECT_NEAR(interval.low, entry.at("ci95")[0].get<double>(), allowed);
    EXPECT_NEAR(interval.high, entry.at("ci95")[1].get<double>(), allowed);
  }
}

TEST(StudentReference, PairedTestIsSciPys) {
  for (const json& entry : reference().at("paired_t")) {
    const TTest result = paired_t_test(reference_log_ratios(entry.at("data")), 0, Alternative::two_sided);
    expect_named(entry, "t", result.t);
    expect_named(entry, "p", result.p);
  }
}

TEST(StudentReference, YuensTestIsSciPys) {
  for (const json& entry : reference().at("yuen_trimmed")) {
    ReferenceData data = test::reference_data(entry.at("data"));
    take_logarithms(data);
    const TTest result =
        yuen_t_test({.treatment = data.treatment, .control = data.control}, entry.at("trim"), Alternative::two_sided);
    expect_named(entry, "t", result.t);
    expect_named(entry, "p", result.p);
  }
}

TEST(StudentReference, EquivalenceIsThatOfTwoOneSidedTests) {
  for (const json& entry : reference().at("tost_paired_log_ratio")) {
    const std::vector<double> effects = reference_log_ratios(entry.at("data"));
    const TEquivalence result = paired_t_equivalence(effects, entry.at("delta"));
    expect_named(entry, "t_p_lower", result.p_above_lower);
    expect_named(entry, "t_p_upper", result.p_below_upper);
    expect_named(entry, "t_tost_p", result.p);
    expect_interval(entry, "t_ci90", paired_t_test(effects, 0, Alternative::two_sided).interval(0.9));
  }
}

/// Rows of arguments and then the value.
template <class Function>
void expect_rows(const char* name, double relative_tolerance, const Function& function) {
  for (const json& row : reference().at("special").at(name)) {
    const auto expected = row.back().get<double>();
    const double allowed = relative_tolerance * std::max(std::abs(expected), 1e-12);
    EXPECT_NEAR(function(row), expected, allowed) << name << " of " << row.dump();
  }
}

TEST(StudentReference, DistributionsAreSciPys) {
  const auto tolerance = reference().at("special").at("tol_rel").get<double>();
  expect_rows("norm_sf", tolerance, [](const json& row) { return normal_upper_tail(row[0]); });
  expect_rows("norm_isf", tolerance, [](const json& row) { return normal_upper_quantile(row[0]); });
  expect_rows("t_sf", tolerance, [](const json& row) { return student_upper_tail(row[0], row[1]); });
  expect_rows("t_isf", kQuantileTolerance, [](const json& row) { return student_upper_quantile(row[0], row[1]); });
  expect_rows("betaln", tolerance, [](const json& row) { return log_beta({.first = row[0], .second = row[1]}); });
}

TEST(StudentReference, QuantileOfOneDegreeOfFreedomIsTheCotangent) {
  EXPECT_NEAR(student_upper_quantile(0.0005, 1), 1 / std::tan(std::numbers::pi / 2000), 1e-9);
}

}  // namespace student_reference_tests
}  // namespace assay::stats
