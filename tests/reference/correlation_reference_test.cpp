#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "stats/diagnosis/dip.hpp"
#include "stats/reference/correlation.hpp"
#include "stats/summary.hpp"
#include "tests/reference/expectations.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace correlation_reference_tests {

using nlohmann::json;
using test::expect_named;
using test::reference;
using test::reference_entries;

/// A part of the diagnostics' entry, with the tolerance of the whole.
json diagnostics_part(const char* name) {
  json part = reference().at("diagnostics").at(name);
  part["tol_rel"] = reference().at("diagnostics").at("tol_rel");
  return part;
}

std::vector<double> control_of_n20() {
  return test::reference_data("n20").control;
}

std::vector<double> trend_of(std::size_t count) {
  std::vector<double> trend(count);
  std::iota(trend.begin(), trend.end(), 0.0);
  return trend;
}

TEST(CorrelationReference, LagOneIsThatOfTheDefinition) {
  std::vector<double> logarithms = control_of_n20();
  for (double& value : logarithms) value = std::log(value);
  expect_named(diagnostics_part("lag1"), "r1", lag_one_autocorrelation(logarithms));
}

TEST(CorrelationReference, TrendsAreSciPys) {
  const std::vector<double> control = control_of_n20();
  const std::vector<double> trend = trend_of(control.size());
  const Correlation rho = spearman({.first = trend, .second = control});
  expect_named(diagnostics_part("spearman_trend"), "rho", rho.coefficient);
  expect_named(diagnostics_part("spearman_trend"), "p", rho.p);
  const Correlation tau = kendall({.first = trend, .second = control});
  expect_named(diagnostics_part("kendall_trend"), "tau", tau.coefficient);
  expect_named(diagnostics_part("kendall_trend"), "p", tau.p);
  expect_named(diagnostics_part("theilsen"), "slope", theil_sen_slope(control));
  expect_named(reference().at("diagnostics"), "mad_sd", 1.4826 * median_absolute_deviation(control));
}

// With ties and without, exact and asymptotic, from 6 to 200 pairs.
TEST(CorrelationReference, CoefficientsAndProbabilitiesAreSciPys) {
  for (const json& entry : reference_entries("resampling_reference.json", "correlation")) {
    const auto first = entry.at("first").get<std::vector<double>>();
    const auto second = entry.at("second").get<std::vector<double>>();
    const Correlation tau = kendall({.first = first, .second = second});
    expect_named(entry, "tau", tau.coefficient);
    expect_named(entry, "tau_p", tau.p);
    const Correlation rho = spearman({.first = first, .second = second});
    expect_named(entry, "rho", rho.coefficient);
    expect_named(entry, "rho_p", rho.p);
    const auto slope = entry.at("slope_by_index").get<double>();
    EXPECT_NEAR(theil_sen_slope(second), slope, 1e-9 * (1 + std::abs(slope)));
  }
}

TEST(DipReference, DipsAreThoseOfLinearProgramming) {
  for (const json& entry : reference_entries("dip_reference.json", "dip")) {
    expect_named(entry, "dip", dip_statistic(entry.at("sorted").get<std::vector<double>>()));
  }
}

// Two simulations: 600 samples by linear programming, up to 1999 by this program, each with its own error.
TEST(DipReference, ProbabilitiesAreTheSharesOfUniformSamples) {
  for (const json& entry : reference_entries("dip_reference.json", "uniform_tail")) {
    const auto share = entry.at("share").get<double>();
    const double p = dip_p_value(entry.at("dip"), entry.at("count"), Seed(1).stream(Stream::bootstrap));
    // Stopping after 10 hits leaves a relative error of 1 / sqrt(10).
    EXPECT_NEAR(p, share, 3 * share * (1 / std::sqrt(10.0) + 1 / std::sqrt(600 * share))) << entry.dump();
  }
}

}  // namespace correlation_reference_tests
}  // namespace assay::stats
