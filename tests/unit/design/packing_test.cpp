#include "experiments/design/packing.hpp"

#include <cstdint>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/engine/weight.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/side_by_side_plan.hpp"

namespace assay::design {
namespace packing_tests {

using Groups = std::vector<std::vector<std::size_t>>;
using test::plan_of_weights;

PackingRoom room_of(double cpus) {
  return {.budget = {.cpus = cpus}};
}

TEST(Packing, PutsTheHeaviestFirstIntoTheFirstGroupWithRoom) {
  EXPECT_EQ(pack(plan_of_weights({"1", "3", "2", "1"}), room_of(4)), (Groups{{0, 1}, {2, 3}}));
}

TEST(Packing, TakesOneCpuForAWorkloadThatSaysNothing) {
  EXPECT_EQ(pack(plan_of_weights({"", "", ""}), room_of(2)), (Groups{{0, 1}, {2}}));
}

TEST(Packing, TakesAsManyCpusAsAWorkloadNames) {
  Plan plan = plan_of_weights({"", "", ""});
  plan.workloads[0].limits.cpus = {0, 1};
  EXPECT_EQ(pack(plan, room_of(2)), (Groups{{0}, {1, 2}}));
}

TEST(Packing, FillsTheRoomToTheBrim) {
  EXPECT_EQ(pack(plan_of_weights({"0.1", "0.1", "0.1", "0.7"}), room_of(1)), (Groups{{0, 1, 2, 3}}));
}

TEST(Packing, TakesTheFewerCpusOfBudgetAndMachine) {
  const Plan plan = plan_of_weights({"1", "1", "1"});
  EXPECT_EQ(pack(plan, {.budget = {.cpus = 3}, .cpus_here = 2}), (Groups{{0, 1}, {2}}));
  EXPECT_EQ(pack(plan, {.budget = {.cpus = 2}, .cpus_here = 3}), (Groups{{0, 1}, {2}}));
  EXPECT_EQ(pack(plan, {.budget = {}, .cpus_here = 3}), (Groups{{0, 1, 2}}));
}

TEST(Packing, KeepsDeclaredMemoryInsideTheBudget) {
  Plan plan = plan_of_weights({"1", "1", "1"});
  plan.workloads[0].weight["memory"] = "600 MB";
  plan.workloads[1].weight["memory"] = "600 MB";
  EXPECT_EQ(pack(plan, {.budget = {.memory = Bytes{1'000'000'000}}, .cpus_here = 3}), (Groups{{0, 2}, {1}}));
}

TEST(Packing, RefusesAWorkloadThatIsHeavierThanTheRoom) {
  const Plan plan = plan_of_weights({"1", "3"});
  EXPECT_EQ(test::message_of([&] { (void)pack(plan, room_of(2)); }),
            "workload b weighs 3 CPUs, and the budget has 2 CPUs: declare what it takes, raise the budget, or leave "
            "side_by_side out");
  EXPECT_EQ(test::message_of([&] { (void)pack(plan, {.budget = {.cpus = 4}, .cpus_here = 2}); }),
            "workload b weighs 3 CPUs, and this machine lets trials have 2 CPUs: declare what it takes, use a machine "
            "with more, or leave side_by_side out");
}

TEST(Packing, RefusesMoreMemoryThanTheBudgetHas) {
  Plan plan = plan_of_weights({"1", "1"});
  plan.workloads[1].weight["memory"] = "2 GB";
  EXPECT_NE(test::message_of([&] {
              (void)pack(plan, {.budget = {.memory = Bytes{1'000'000'000}}, .cpus_here = 2});
            }).find("workload b weighs 2.00 GB of memory, and the budget has 1.00 GB"),
            std::string::npos);
}

TEST(Packing, RefusesIfNoTwoWorkloadsFitTogether) {
  EXPECT_EQ(test::message_of([] {
              (void)pack(plan_of_weights({"2", "1.5"}), room_of(2));
            }),
            "side_by_side: no two workloads fit together: the budget has 2 CPUs, and they weigh a 2 CPUs, b 1.5 CPUs: "
            "raise the budget, or leave side_by_side out");
}

TEST(Packing, NamesTheMachineIfItHasFewerCpusThanTheBudget) {
  EXPECT_EQ(test::message_of([] {
              (void)pack(plan_of_weights({"1", "1"}), {.budget = {.cpus = 8}, .cpus_here = 1});
            }),
            "side_by_side: no two workloads fit together: this machine lets trials have 1 CPU, and they weigh a 1 CPU, "
            "b 1 CPU: use a machine with more, or leave side_by_side out");
}

TEST(Packing, NamesTheMemoryIfThatKeepsWorkloadsApart) {
  Plan plan = plan_of_weights({"0.5", "0.5"});
  for (Workload& workload : plan.workloads) workload.weight["memory"] = "2 GB";
  const PackingRoom room{.budget = {.memory = Bytes{3'000'000'000}}, .cpus_here = 2};
  EXPECT_EQ(
      test::message_of([&] { (void)pack(plan, room); }),
      "side_by_side: no two workloads fit together: the budget has 3.00 GB of memory, and they weigh a 2.00 GB of "
      "memory, b 2.00 GB of memory: raise the budget, or leave side_by_side out");
}

TEST(Packing, NamesBothLimitsIfEachKeepsSomeApart) {
  Plan plan = plan_of_weights({"2", "0.5", "0.5"});
  plan.workloads[1].weight["memory"] = "2 GB";
  plan.workloads[2].weight["memory"] = "2 GB";
  const PackingRoom room{.budget = {.memory = Bytes{3'000'000'000}}, .cpus_here = 2};
  EXPECT_EQ(
      test::message_of([&] { (void)pack(plan, room); }),
      "side_by_side: no two workloads fit together: this machine lets trials have 2 CPUs and the budget has 3.00 "
      "GB of memory, and they weigh a 2 CPUs, b 0.5 CPUs and 2.00 GB of memory, c 0.5 CPUs and 2.00 GB of memory: "
      "raise the budget and use a machine with more, or leave side_by_side out");
}

TEST(Packing, DoesNotOverflowWithMoreMemoryThanAnyMachineHas) {
  Plan plan = plan_of_weights({"0.5", "0.5"});
  for (Workload& workload : plan.workloads) workload.weight["memory"] = "8000000 TB";
  EXPECT_EQ(weight_of(plan, {0, 1}).memory, Bytes{std::numeric_limits<std::int64_t>::max()});
  EXPECT_NE(test::message_of([&] {
              (void)pack(plan, {.budget = {.memory = parse_bytes("9000000 TB")}, .cpus_here = 2});
            }).find("no two workloads fit together"),
            std::string::npos);
}

TEST(Packing, HasAnEndToOneGroup) {
  const Plan plan = plan_of_weights(std::vector<std::string>(kMostSideBySide + 2, "0.01"));
  const Groups groups = pack(plan, {});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].size(), kMostSideBySide);
}

RC_GTEST_PROP(Packing, PutsEachCellInOneGroupInsideTheRoom, ()) {
  const auto tenths =
      *rc::gen::container<std::vector<int>>(*rc::gen::inRange<std::size_t>(1, 12), rc::gen::inRange(1, 41));
  const double cpus = 0.1 * *rc::gen::inRange(40, 90);
  std::vector<std::string> weights;
  for (const int weight : tenths) weights.push_back(fmt::format("{}", weight / 10.0));
  Plan plan = plan_of_weights(weights);
  Groups groups;
  try {
    groups = pack(plan, room_of(cpus));
  } catch (const Error&) {
    // Only if no two fit.
    for (std::size_t one = 0; one < tenths.size(); ++one) {
      for (std::size_t other = one + 1; other < tenths.size(); ++other) {
        RC_ASSERT((tenths[one] + tenths[other]) / 10.0 > cpus - 1e-6);
      }
    }
    return;
  }
  std::multiset<std::size_t> seen;
  for (const std::vector<std::size_t>& group : groups) {
    RC_ASSERT(std::is_sorted(group.begin(), group.end()));
    RC_ASSERT(weight_of(plan, group).cpus <= cpus + 1e-6);
    seen.insert(group.begin(), group.end());
  }
  RC_ASSERT(seen.size() == tenths.size());
  for (std::size_t cell = 0; cell < tenths.size(); ++cell) RC_ASSERT(seen.count(cell) == 1U);
  RC_ASSERT(std::is_sorted(groups.begin(), groups.end()));
  RC_ASSERT(pack(plan, room_of(cpus)) == groups);
  plan.groups = groups;
  RC_ASSERT(formats::parse_plan(formats::plan_json(plan)) == plan);
}

TEST(Groups, MustHoldEachCellOnce) {
  const auto message = [](Groups groups) {
    Plan plan = test::plan_of_groups();
    plan.groups = std::move(groups);
    return test::message_of([&] { (void)formats::parse_plan(formats::plan_json(plan)); });
  };
  EXPECT_EQ(message({{0, 2}, {1}}), "");
  for (const Groups& bad : {Groups{{0, 2}}, Groups{{0, 2}, {1, 2}}, Groups{{2, 0}, {1}}, Groups{{0, 1, 2, 3}},
                            Groups{{0, 2}, {1}, {}}, Groups{}}) {
    EXPECT_NE(message(bad), "");
  }
}

}  // namespace packing_tests
}  // namespace assay::design
