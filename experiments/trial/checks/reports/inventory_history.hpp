#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {

/// What control's trials of a cell have shown so far. No single trial is the reference, since a test may be flaky or
/// have a name that changes from process to process.
class InventoryHistory {
 public:
  void add(const TestInventory& of_control);

  [[nodiscard]] int trials() const { return trials_; }

  /// What more than half of control's trials show: each test with the most passes and assertions that so many of them
  /// reach. If names are unstable, `passed_in_all` is the number of passes that so many of them reach. A single trial
  /// does not show which names are stable, so only that number is required then.
  /// Cost: linear in the number of names.
  [[nodiscard]] TestInventory required() const;

  /// The names that only some of control's trials show, in byte order.
  [[nodiscard]] std::vector<std::string> unstable_names() const;

 private:
  /// How many trials showed each of the values that were seen; in most reports there is one.
  template <class Value>
  using Histogram = std::vector<std::pair<Value, int>>;

  int trials_ = 0;
  std::map<std::string, Histogram<TestTally>> tests_;
  std::map<std::string, Histogram<std::int64_t>> suite_assertions_;
  std::map<std::string, Histogram<UnlistedTests>> unlisted_;
  Histogram<std::int64_t> passed_in_all_;
};

}  // namespace assay::trial
