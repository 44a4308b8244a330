#include <vector>

#include <gtest/gtest.h>

#include "stats/holm.hpp"
#include "stats/reference/proportion.hpp"
#include "tests/reference/expectations.hpp"
#include "tests/reference/reference_data.hpp"

namespace assay::stats {
namespace proportion_reference_tests {

using nlohmann::json;
using test::alternative_of;
using test::expect_interval;
using test::expect_named;
using test::reference_entries;

constexpr const char* kFile = "proportion_reference.json";

Share share_of(const json& count_and_trials) {
  return {.count = count_and_trials.at(0), .trials = count_and_trials.at(1)};
}

TEST(ProportionReference, ClopperPearsonBoundsAreSciPys) {
  for (const json& entry : reference_entries(kFile, "clopper_pearson")) {
    const Share share{.count = entry.at("count"), .trials = entry.at("trials")};
    const double confidence = entry.at("confidence");
    expect_interval(entry, "interval", clopper_pearson_interval(share, confidence));
    expect_named(entry, "upper", clopper_pearson_upper(share, confidence));
    expect_named(entry, "lower", clopper_pearson_lower(share, confidence));
  }
}

TEST(ProportionReference, McNemarsTestIsSciPysBinomialTest) {
  for (const json& entry : reference_entries(kFile, "mcnemar")) {
    const DiscordantBlocks blocks{.only_control = entry.at("only_control"),
                                  .only_treatment = entry.at("only_treatment")};
    expect_named(entry, "p", mcnemar_test(blocks, alternative_of(entry)));
  }
}

TEST(ProportionReference, FishersTestIsSciPys) {
  for (const json& entry : reference_entries(kFile, "fisher")) {
    const TwoShares shares{.treatment = share_of(entry.at("treatment")), .control = share_of(entry.at("control"))};
    expect_named(entry, "p", fisher_exact_test(shares, alternative_of(entry)));
  }
}

/// SciPy searches the worst common rate by another method: both find it to about 1e-7.
TEST(ProportionReference, BoschloosTestIsSciPys) {
  for (const json& entry : reference_entries(kFile, "boschloo")) {
    const TwoShares shares{.treatment = share_of(entry.at("treatment")), .control = share_of(entry.at("control"))};
    const double expected = entry.at("p");
    EXPECT_NEAR(boschloo_test(shares, alternative_of(entry)), expected, 1e-6 * expected) << entry;
  }
}

TEST(ProportionReference, ShareDifferenceSpansTheArmsSciPyIntervals) {
  for (const json& entry : reference_entries(kFile, "share_difference")) {
    const TwoShares shares{.treatment = share_of(entry.at("treatment")), .control = share_of(entry.at("control"))};
    expect_interval(entry, "interval", share_difference_interval(shares, entry.at("confidence")));
  }
}

TEST(HolmReference, AdjustedValuesAreThoseOfTheDefinition) {
  const json& entry = test::reference().at("holm");
  const std::vector<double> adjusted = holm_adjusted(entry.at("p").get<std::vector<double>>());
  const auto expected = entry.at("adjusted").get<std::vector<double>>();
  ASSERT_EQ(adjusted.size(), expected.size());
  for (std::size_t index = 0; index < expected.size(); ++index) EXPECT_NEAR(adjusted[index], expected[index], 1e-15);
}

}  // namespace proportion_reference_tests
}  // namespace assay::stats
