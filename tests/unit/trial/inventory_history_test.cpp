#include "experiments/trial/checks/reports/inventory_history.hpp"

#include <gtest/gtest.h>

namespace assay::trial {
namespace inventory_history_tests {

TestInventory passed(const std::vector<std::string>& names) {
  TestInventory inventory;
  for (const std::string& name : names) add_test(inventory, name, TestEnd::passed);
  return inventory;
}

InventoryHistory history_of(const std::vector<TestInventory>& inventories) {
  InventoryHistory history;
  for (const TestInventory& inventory : inventories) history.add(inventory);
  return history;
}

TEST(InventoryHistory, RequiresWhatMoreThanHalfOfTheTrialsPassed) {
  const InventoryHistory history = history_of({passed({"a", "b"}), passed({"a", "b"}), passed({"a"})});
  EXPECT_EQ(history.required().tests, (std::map<std::string, TestTally>{{"a", {.passed = 1}}, {"b", {.passed = 1}}}));
  EXPECT_EQ(history_of({passed({"a", "b"}), passed({"a"})}).required().tests,
            (std::map<std::string, TestTally>{{"a", {.passed = 1}}}));
}

TEST(InventoryHistory, ComparesTheNumberOfPassesWhereNamesAreUnstable) {
  const InventoryHistory history =
      history_of({passed({"a", "f 0x1", "f 0x2"}), passed({"a", "f 0x3", "f 0x4"}), passed({"a", "f 0x5", "f 0x6"})});
  EXPECT_EQ(history.required().tests.size(), 1U);
  EXPECT_EQ(history.required().passed_in_all, 3);
  EXPECT_EQ(history.unstable_names().size(), 6U);
}

TEST(InventoryHistory, RequiresOnlyTheNumberAfterASingleTrial) {
  const TestInventory required = history_of({passed({"a", "b"})}).required();
  EXPECT_TRUE(required.tests.empty());
  EXPECT_EQ(required.passed_in_all, 2);
}

TEST(InventoryHistory, ForgivesAFailureThatControlMostlyHas) {
  TestInventory failing = passed({"a"});
  add_test(failing, "b", TestEnd::failed);
  const InventoryHistory history = history_of({failing, failing, passed({"a", "b"})});
  EXPECT_EQ(history.required().tests.at("b"), (TestTally{.failed = 1}));
  EXPECT_EQ(history_of({failing}).required().tests.at("b"), (TestTally{.failed = 1}));
}

TEST(InventoryHistory, RequiresTheAssertionsThatMostTrialsMake) {
  TestInventory many = passed({"a"});
  many.suite_assertions["s"] = 9;
  TestInventory few = passed({"a"});
  few.suite_assertions["s"] = 7;
  EXPECT_EQ(history_of({many, few, few}).required().suite_assertions.at("s"), 7);
}

}  // namespace inventory_history_tests
}  // namespace assay::trial
