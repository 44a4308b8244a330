#include "experiments/trial/checks/check_rule.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::trial {
namespace check_rule_tests {

CheckRule rule(CheckKind kind) {
  return rule_of({"my check", std::move(kind), {}});
}

TEST(CheckRule, OfACommandRunsItAfterTheTrial) {
  const CheckRule command = rule(CommandCheck{{"./verify", "--all"}});
  EXPECT_TRUE(std::holds_alternative<JudgedAfterTrial>(command.judgement));
  EXPECT_EQ(command.needs.commands, (std::vector<Argv>{{"./verify", "--all"}}));
}

TEST(CheckRule, NeedsTheDigestOfAnOutputThatIsComparedAsItIs) {
  EXPECT_EQ(rule(SameOutputCheck{""}).needs.standard_output, OutputNeed::digest);
}

TEST(CheckRule, NeedsTheTextOfAnOutputThatIsNormalised) {
  EXPECT_EQ(rule(SameOutputCheck{"", {"sort"}}).needs.standard_output, OutputNeed::text);
}

TEST(CheckRule, NeedsNoStandardOutputIfItReadsAFile) {
  for (const CheckRule& check :
       {rule(SameOutputCheck{"page.html"}), rule(TestInventoryCheck{ReportFormat::tap, "page.html"})}) {
    EXPECT_EQ(check.needs.standard_output, OutputNeed::nothing);
    EXPECT_EQ(check.needs.file, "page.html");
  }
}

TEST(CheckRule, OfAConditionReadsTheResults) {
  EXPECT_EQ(rule(ConditionCheck{{"json:/ok == true"}}).needs.results, ResultsNeed::read);
}

TEST(CheckRule, NamesTheCheckThatCannotBeUnderstood) {
  const std::string message = test::message_of([] { (void)rule(ConditionCheck{{"nonsense"}}); });
  EXPECT_TRUE(message.starts_with("check my check: ")) << message;
}

TEST(CheckRule, OfIsolationHasAProofOfItsOwn) {
  const Workload workload;
  const CheckRule isolation = rule(IsolationCheck{});
  EXPECT_TRUE(std::holds_alternative<ChallengedBeforehand>(isolation.judgement));
  EXPECT_TRUE(isolation.breaking_commands({workload, "/tmp", "/tmp", {}}).empty());
}

TEST(CheckRule, OfLeaksNamesTheFileThatItsBrokenArmLeaves) {
  const Workload workload;
  const std::vector<BreakingCommand> arms = rule(NoLeaksCheck{}).breaking_commands({workload, "/arms", "/tmp", {}});
  ASSERT_EQ(arms.size(), 3U);
  EXPECT_EQ(arms[1].leaves, "/arms/assay-left-this-to-be-found");
}

}  // namespace check_rule_tests
}  // namespace assay::trial
