#include "experiments/campaign/condition_trials.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/host/machine/cpus.hpp"
#include "core/host/machine/fixed_addresses.hpp"
#include "core/host/process/process.hpp"

namespace assay::campaign {
namespace condition_trials_tests {

std::set<ConditionKind> tried(const std::vector<MachineCondition>& conditions) {
  std::set<ConditionKind> kinds;
  for (const planning::ConditionTrials& trials : condition_trials(conditions)) {
    EXPECT_TRUE(kinds.insert(trials.kind).second) << "each once";
    EXPECT_EQ(trials.with.size(), trials.without.size());
    EXPECT_GE(trials.with.size(), 6U);
    EXPECT_GT(*std::min_element(trials.with.begin(), trials.with.end()), 0);
    EXPECT_NE(trials.how, "");
  }
  return kinds;
}

TEST(ConditionTrials, AreThoseThatCanBeSwitchedForOneTrial) {
  const std::set<ConditionKind> kinds = tried({{ConditionKind::aslr, Disturbance::noted, "on"}});
  EXPECT_TRUE(kinds.contains(ConditionKind::governor));
  EXPECT_EQ(kinds.contains(ConditionKind::load), host::usable_cpus().size() > 1);
  EXPECT_EQ(kinds.contains(ConditionKind::aslr), host::FixedAddresses().are_granted());
}

TEST(ConditionTrials, LeaveOutAddressesThatAreNotRandom) {
  EXPECT_FALSE(tried({{ConditionKind::aslr, Disturbance::none, "off"}}).contains(ConditionKind::aslr));
}

std::string personality_of_a_child() {
  host::Launcher launcher;
  host::ProcessRequest request;
  request.argv = {"/bin/cat", "/proc/self/personality"};
  request.working_directory = "/";
  request.standard_output = host::Captured{64};
  return launcher.run(request).standard_output.text;
}

TEST(FixedAddresses, HoldForWhatIsStartedMeanwhileOnly) {
  const std::string before = personality_of_a_child();
  std::string meanwhile;
  {
    const host::FixedAddresses addresses;
    if (!addresses.are_granted()) GTEST_SKIP() << "the kernel does not let this process fix addresses";
    meanwhile = personality_of_a_child();
  }
  EXPECT_EQ(std::stoul(meanwhile, nullptr, 16), std::stoul(before, nullptr, 16) | 0x0040000UL);
  EXPECT_EQ(personality_of_a_child(), before);
}

}  // namespace condition_trials_tests
}  // namespace assay::campaign
