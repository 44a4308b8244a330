#include "experiments/engine/slurm/queue_listing.hpp"

#include <gtest/gtest.h>

namespace assay::engine {
namespace queue_listing_tests {

QueueState state_of_line(std::string_view state, std::string_view reason = "None") {
  const auto rows = parse_queue("assay-1-g1|0|7|" + std::string(state) + "|n1|" + std::string(reason) + "\n");
  return rows.value().at(0).state;
}

TEST(ParseQueue, ReadsEachTask) {
  const auto rows = parse_queue(
      "assay-0a-g3|0|513|RUNNING|n2|None\n"
      "assay-0a-g3|11|513|PENDING||Resources\n");
  ASSERT_TRUE(rows);
  EXPECT_EQ(*rows,
            (std::vector<QueueRow>{{"assay-0a-g3", 0, "513", QueueState::running, "RUNNING", "n2", "None"},
                                   {"assay-0a-g3", 11, "513", QueueState::waiting, "PENDING", "", "Resources"}}));
}

TEST(ParseQueue, LeavesAReasonWithCommasAndBarsWhole) {
  const auto rows = parse_queue("assay-0a-g3|4|513|PENDING||ReqNodeNotAvail, UnavailableNodes:n[1-4]|x\n");
  EXPECT_EQ(rows.value().at(0).reason, "ReqNodeNotAvail, UnavailableNodes:n[1-4]|x");
}

TEST(ParseQueue, PassesOverJobsThatAreNoArray) {
  EXPECT_TRUE(parse_queue("assay-0a-g3|N/A|513|RUNNING|n2|None\n").value().empty());
}

TEST(ParseQueue, ReadsAnEmptyQueue) {
  EXPECT_TRUE(parse_queue("").value().empty());
  EXPECT_TRUE(parse_queue("\n").value().empty());
}

TEST(ParseQueue, ConcludesNothingFromOtherText) {
  EXPECT_EQ(parse_queue("slurm_load_jobs error: Unable to contact slurm controller\n"), std::nullopt);
  EXPECT_EQ(parse_queue("assay-0a-g3|four|513|RUNNING|n2|None\n"), std::nullopt);
}

TEST(ParseQueue, TakesEveryOtherStateForAnEnd) {
  for (const char* const state : {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY",
                                  "PREEMPTED", "BOOT_FAIL", "DEADLINE"}) {
    EXPECT_EQ(state_of_line(state), QueueState::ended) << state;
  }
}

TEST(ParseQueue, TellsAGoodEndFromABadOne) {
  const auto ended_well = [](const char* state) {
    return parse_queue(std::string("assay-0a-g3|4|513|") + state + "|n2|None\n").value().at(0).ended_well;
  };
  EXPECT_TRUE(ended_well("COMPLETED"));
  EXPECT_FALSE(ended_well("FAILED"));
  EXPECT_FALSE(ended_well("COMPLETING"));
}

TEST(ParseQueue, TakesATaskThatIsSetUpForARunningOne) {
  for (const char* const state : {"RUNNING", "CONFIGURING", "SUSPENDED"}) {
    EXPECT_EQ(state_of_line(state), QueueState::running) << state;
  }
}

TEST(ParseQueue, TellsATaskThatSlurmCleansUpAfterFromARunningOne) {
  EXPECT_EQ(state_of_line("COMPLETING"), QueueState::ending);
}

TEST(ParseQueue, SeesATaskThatSlurmHoldsAfterItsStartFailed) {
  EXPECT_EQ(state_of_line("PENDING", "launch failed requeued held"), QueueState::held);
  EXPECT_EQ(state_of_line("PENDING", "JobHeldUser"), QueueState::waiting);
}

TEST(ConfiguredValue, IsFoundByItsKey) {
  const std::string_view text =
      "Configuration data as of 2026-01-01T00:00:00\n"
      "MaxArraySize            = 1001\n"
      "MaxJobCount             = 10000\n";
  EXPECT_EQ(configured_value(text, "MaxArraySize"), "1001");
  EXPECT_EQ(configured_value(text, "Max"), std::nullopt);
}

}  // namespace queue_listing_tests
}  // namespace assay::engine
