#include "experiments/trial/checks/reports/inventory_history.hpp"

#include <algorithm>

namespace assay::trial {
namespace {

template <class Histogram, class Value>
void count_in(Histogram& histogram, const Value& value) {
  const auto found =
      std::find_if(histogram.begin(), histogram.end(), [&](const auto& entry) { return entry.first == value; });
  if (found == histogram.end()) {
    histogram.emplace_back(value, 1);
  } else {
    ++found->second;
  }
}

/// The largest figure that more than half of the trials reach; a trial that shows nothing has the figure 0.
template <class Histogram, class Figure>
auto reached_by_most(const Histogram& histogram, int trials, Figure figure) {
  using Number = decltype(figure(histogram.front().first));
  std::vector<std::pair<Number, int>> sorted;
  for (const auto& [value, count] : histogram) sorted.emplace_back(figure(value), count);
  std::sort(sorted.begin(), sorted.end(), [](const auto& one, const auto& other) { return one.first > other.first; });
  int reached = 0;
  for (const auto& [number, count] : sorted) {
    reached += count;
    if (2 * reached > trials) return number;
  }
  return Number{};
}

bool is_pass(const TestTally& tally) {
  return tally.passed > 0 && tally.failed == 0 && tally.skipped == 0;
}

int trials_in(const auto& histogram) {
  int trials = 0;
  for (const auto& [value, count] : histogram) trials += count;
  return trials;
}

}  // namespace

void InventoryHistory::add(const TestInventory& of_control) {
  ++trials_;
  std::int64_t passed = 0;
  for (const auto& [name, tally] : of_control.tests) {
    count_in(tests_[name], tally);
    passed += tally.passed;
  }
  for (const auto& [suite, assertions] : of_control.suite_assertions) count_in(suite_assertions_[suite], assertions);
  for (const auto& [where, unlisted] : of_control.unlisted) count_in(unlisted_[where], unlisted);
  count_in(passed_in_all_, passed);
}

TestInventory InventoryHistory::required() const {
  TestInventory inventory;
  bool is_unstable = false;
  for (const auto& [name, seen] : tests_) {
    const int showing = trials_in(seen);
    is_unstable = is_unstable || showing < trials_;
    if (2 * showing <= trials_) continue;
    if (trials_ == 1 && is_pass(seen.front().first)) continue;
    const auto most = [this, &tallies = seen](auto figure) { return reached_by_most(tallies, trials_, figure); };
    inventory.tests[name] = {.passed = most([](const TestTally& tally) { return tally.passed; }),
                             .failed = most([](const TestTally& tally) { return tally.failed; }),
                             .skipped = most([](const TestTally& tally) { return tally.skipped; }),
                             .assertions = most([](const TestTally& tally) { return tally.assertions; })};
  }
  const auto itself = [](std::int64_t number) { return number; };
  for (const auto& [suite, seen] : suite_assertions_) {
    inventory.suite_assertions[suite] = reached_by_most(seen, trials_, itself);
  }
  for (const auto& [where, seen] : unlisted_) {
    const auto most = [this, &totals = seen](auto figure) { return reached_by_most(totals, trials_, figure); };
    inventory.unlisted[where] = {.tests = most([](const UnlistedTests& unlisted) { return unlisted.tests; }),
                                 .failed = most([](const UnlistedTests& unlisted) { return unlisted.failed; }),
                                 .skipped = most([](const UnlistedTests& unlisted) { return unlisted.skipped; })};
  }
  if (is_unstable || trials_ == 1) inventory.passed_in_all = reached_by_most(passed_in_all_, trials_, itself);
  return inventory;
}

std::vector<std::string> InventoryHistory::unstable_names() const {
  std::vector<std::string> names;
  for (const auto& [name, seen] : tests_) {
    if (trials_in(seen) < trials_) names.push_back(name);
  }
  return names;
}

}  // namespace assay::trial
