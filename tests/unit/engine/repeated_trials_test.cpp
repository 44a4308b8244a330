#include "experiments/engine/repeated_trials.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace assay::engine {
namespace repeated_trials_tests {

/// Trials that fail where there is a 1.
OneTrial trials_that(std::vector<int> fail) {
  return [fail = std::move(fail), next = std::size_t{0}]() mutable -> std::optional<std::string> {
    return fail.at(next++) == 1 ? std::optional<std::string>("check right failed") : std::nullopt;
  };
}

RepeatedTrials three(int failed) {
  return {.trials = 3, .failed = failed, .failure = failed > 0 ? "check right failed" : ""};
}

TriedPlant judged(const PlantedTrials& trials) {
  TriedPlant tried{.plant = "off by one", .patch = "p", .control = "", .treatment = "", .not_tried = ""};
  judge(trials, tried);
  return tried;
}

TEST(RepeatedTrials, AreThreeAndTellHowManyFailed) {
  EXPECT_EQ(repeated(trials_that({0, 1, 0})), three(1));
  EXPECT_EQ(outcome_of(three(1)), "check right failed in 1 of 3 trials");
  EXPECT_EQ(outcome_of(three(3)), "check right failed");
  EXPECT_EQ(outcome_of(three(0)), "");
}

TEST(RepeatedTrials, EndWithTheFirstThatPassesIfNoMoreIsAsked) {
  EXPECT_EQ(repeated_until_one_passes(trials_that({1, 0})).trials, 2);
  EXPECT_TRUE(failed_always(repeated_until_one_passes(trials_that({1, 1, 1}))));
}

TEST(JudgedPlant, ShowsWeakeningIfControlAlwaysCatchesItAndTreatmentNever) {
  EXPECT_TRUE(shows_weakening(judged({.control = three(3), .treatment = three(0), .sound = three(0)})));
}

TEST(JudgedPlant, ShowsNothingIfControlCatchesItNowAndThen) {
  for (const int failed : {1, 2}) {
    const TriedPlant tried = judged({.control = three(failed), .treatment = three(0), .sound = three(0)});
    EXPECT_FALSE(shows_weakening(tried));
    EXPECT_NE(tried.not_tried.find("passes now and then: check right failed in"), std::string::npos);
  }
}

TEST(JudgedPlant, ShowsNothingIfControlFailsWithoutItToo) {
  const TriedPlant tried = judged({.control = three(3), .treatment = three(0), .sound = three(1)});
  EXPECT_FALSE(shows_weakening(tried));
  EXPECT_NE(tried.not_tried.find("control fails without it, too"), std::string::npos);
}

TEST(JudgedPlant, IsCaughtByTreatmentIfOneTrialFails) {
  const TriedPlant tried = judged({.control = three(3), .treatment = three(1), .sound = three(0)});
  EXPECT_FALSE(shows_weakening(tried));
  EXPECT_EQ(tried.control, "check right failed");
  EXPECT_EQ(tried.treatment, "check right failed in 1 of 3 trials");
}

TEST(JudgedPlant, IsCaughtByNeither) {
  const TriedPlant tried = judged({.control = three(0), .treatment = three(0), .sound = {}});
  EXPECT_EQ(tried.control + tried.treatment + tried.not_tried, "");
}

}  // namespace repeated_trials_tests
}  // namespace assay::engine
