#include "experiments/decide/rules/first_warm_up.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace first_warm_up_tests {

using std::chrono::milliseconds;

/// Control's trials take 100 ms, treatment's 50 ms.
std::vector<Block> blocks() {
  std::vector<Block> all;
  for (int number = 1; number <= 6; ++number) {
    all.push_back(block_of(simple_plan(), number, {measured(0.1), measured(0.05)}));
  }
  return all;
}

ClaimedTime half_the_time(const Plan& plan) {
  return {.cell = 0, .treatment = named_arm(plan, 1), .effect = std::log(0.5)};
}

std::optional<Diagnostic> noted(milliseconds control, milliseconds treatment) {
  const Plan plan = simple_plan();
  AuditResult audit;
  audit.warm_ups = {{named_cell(plan, 0), kControl, {control, milliseconds(1)}},
                    {named_cell(plan, 0), 1, {treatment, milliseconds(1)}}};
  return slow_first_warm_up(audit, half_the_time(plan), blocks());
}

// The saving is one of medians, so what took exactly control's time exceeds the longest trial by less than all of it.
TEST(FirstWarmUp, ThatDoesControlsWorkOnceForAllIsNoted) {
  EXPECT_TRUE(noted(milliseconds(100), milliseconds(100)));
  EXPECT_TRUE(noted(milliseconds(100), milliseconds(80)));
}

TEST(FirstWarmUp, OfTreatmentThatIsSlowerThanAllItsTrialsByMoreThanHalfOfTheSavingIsNoted) {
  const auto slow = noted(milliseconds(110), milliseconds(120));
  ASSERT_TRUE(slow);
  EXPECT_EQ(slow->kind, DiagnosticKind::first_warm_up);
  EXPECT_NE(slow->note.find("took 120 ms"), std::string::npos) << slow->note;
}

TEST(FirstWarmUp, IsNotNotedIfControlsIsAsSlowOrTheGapIsSmaller) {
  EXPECT_FALSE(noted(milliseconds(250), milliseconds(120)));
  EXPECT_FALSE(noted(milliseconds(110), milliseconds(70)));  // the square root of 2 is 1.41
  EXPECT_FALSE(slow_first_warm_up({}, half_the_time(simple_plan()), blocks()));
}

/// After a slow first warm-up of treatment: what a first run of both arms in a fresh place shows.
std::optional<Diagnostic> afresh(milliseconds control, milliseconds treatment) {
  const Plan plan = simple_plan();
  AuditResult audit;
  audit.warm_ups = {{named_cell(plan, 0), kControl, {milliseconds(110)}},
                    {named_cell(plan, 0), 1, {milliseconds(120)}}};
  audit.fresh_starts = {{named_cell(plan, 0), kControl, {control}}, {named_cell(plan, 0), 1, {treatment}}};
  return fresh_start(audit, half_the_time(plan), blocks());
}

TEST(FreshStart, ThatIsSlowAgainShowsThatTreatmentLivesOnEarlierRuns) {
  const auto slow = afresh(milliseconds(110), milliseconds(130));
  ASSERT_TRUE(slow);
  EXPECT_GT(slow->statistic, 2.0);
  EXPECT_EQ(slow->note, "in a fresh place treatment took 130 ms again: it lives on what its earlier runs left");
}

TEST(FreshStart, ThatIsFastShowsAnotherReason) {
  const auto fast = afresh(milliseconds(110), milliseconds(60));
  ASSERT_TRUE(fast);
  EXPECT_EQ(fast->statistic, 0.0);
  EXPECT_NE(fast->note.find("slow for another reason"), std::string::npos) << fast->note;
  EXPECT_EQ(afresh(milliseconds(400), milliseconds(130))->statistic, 0.0);  // the place is slow for both
}

TEST(FreshStart, SaysNothingIfNoWarmUpWasSlow) {
  AuditResult audit;
  audit.fresh_starts = {{named_cell(simple_plan(), 0), 1, {milliseconds(500)}}};
  EXPECT_FALSE(fresh_start(audit, half_the_time(simple_plan()), blocks()));
}

}  // namespace first_warm_up_tests
}  // namespace assay::decide
