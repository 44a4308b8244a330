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

std::optional<Diagnostic> noted(milliseconds control, milliseconds treatment) {
  const Plan plan = simple_plan();
  AuditResult audit;
  audit.warm_ups = {{named_cell(plan, 0), kControl, {control, milliseconds(1)}},
                    {named_cell(plan, 0), 1, {treatment, milliseconds(1)}}};
  return slow_first_warm_up(audit, blank_comparison(plan, 0, 1), std::log(0.5), blocks());
}

TEST(FirstWarmUp, OfTreatmentThatIsSlowerThanAllItsTrialsByMoreThanTheSavingIsNoted) {
  const auto slow = noted(milliseconds(110), milliseconds(120));
  ASSERT_TRUE(slow);
  EXPECT_EQ(slow->kind, DiagnosticKind::first_warm_up);
  EXPECT_NE(slow->note.find("took 120 ms"), std::string::npos) << slow->note;
}

TEST(FirstWarmUp, IsNotNotedIfControlsIsAsSlowOrTheGapIsSmaller) {
  EXPECT_FALSE(noted(milliseconds(250), milliseconds(120)));
  EXPECT_FALSE(noted(milliseconds(110), milliseconds(90)));
  EXPECT_FALSE(slow_first_warm_up({}, blank_comparison(simple_plan(), 0, 1), std::log(0.5), blocks()));
}

}  // namespace first_warm_up_tests
}  // namespace assay::decide
