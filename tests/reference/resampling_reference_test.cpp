#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "stats/reference/bootstrap.hpp"
#include "stats/reference/permutation.hpp"
#include "stats/summary.hpp"
#include "tests/reference/expectations.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace resampling_reference_tests {

using nlohmann::json;
using test::alternative_of;
using test::expect_interval;
using test::expect_named;
using test::reference;
using test::reference_entries;
using test::reference_log_ratios;

constexpr Resampling kLong{.seed = Seed(11), .resamples = 99999, .threads = 2};

TEST(ResamplingReference, BootstrapIntervalsAreSciPys) {
  for (const json& entry : reference().at("bca_bootstrap")) {
    const std::vector<double> effects = reference_log_ratios(entry.at("data"));
    const bool of_mean = entry.at("statistic") == "mean";
    const BootstrapInterval result = of_mean ? bca_mean(effects, 0.95, kLong) : bca_median(effects, 0.95, kLong);
    EXPECT_NEAR(result.estimate, entry.at("theta_hat").get<double>(), 1e-12);
    EXPECT_NEAR(result.acceleration, entry.at("acceleration").get<double>(), 1e-9);
    expect_interval(entry, "ci", result.interval);
  }
}

TEST(ResamplingReference, BootstrapIntervalOfTwoSamplesIsSciPys) {
  const TwoSampleStatistic log_ratio_of_means = [](const TwoSamples& samples) {
    return std::log(mean(samples.treatment) / mean(samples.control));
  };
  for (const json& entry : reference_entries("resampling_reference.json", "two_sample_bootstrap")) {
    const auto treatment = entry.at("treatment").get<std::vector<double>>();
    const auto control = entry.at("control").get<std::vector<double>>();
    const BootstrapInterval result =
        bca({.treatment = treatment, .control = control}, log_ratio_of_means, entry.at("confidence"), kLong);
    EXPECT_NEAR(result.estimate, entry.at("estimate").get<double>(), 1e-12);
    expect_interval(entry, "interval", result.interval);
  }
}

/// The entry's own differences, or the first log-ratios of a data set.
std::vector<double> differences_of(const json& entry) {
  if (entry.contains("d")) return entry.at("d").get<std::vector<double>>();
  std::vector<double> differences = reference_log_ratios(entry.at("data"));
  differences.resize(entry.at("first").get<std::size_t>());
  return differences;
}

TEST(ResamplingReference, SignFlipProbabilitiesAreThoseOfPlainEnumeration) {
  for (const json& entry : reference().at("sign_flip_permutation")) {
    const std::vector<double> differences = differences_of(entry);
    const auto p = [&](Alternative alternative) { return sign_flip_test(differences, alternative, {}).p; };
    expect_named(entry, "p_greater", p(Alternative::greater));
    expect_named(entry, "p_less", p(Alternative::less));
    expect_named(entry, "p_two_sided", p(Alternative::two_sided));
  }
}

TEST(ResamplingReference, PermutationProbabilitiesOfTwoSamplesAreSciPys) {
  for (const json& entry : reference_entries("resampling_reference.json", "two_sample_permutation")) {
    const auto treatment = entry.at("treatment").get<std::vector<double>>();
    const auto control = entry.at("control").get<std::vector<double>>();
    const PermutationTest result =
        two_sample_permutation_test({.treatment = treatment, .control = control}, alternative_of(entry), {});
    EXPECT_TRUE(result.exact);
    expect_named(entry, "p", result.p);
    EXPECT_NEAR(result.statistic, entry.at("statistic").get<double>(), 1e-12);
  }
}

}  // namespace resampling_reference_tests
}  // namespace assay::stats
