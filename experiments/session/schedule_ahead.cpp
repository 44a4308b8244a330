#include "experiments/session/schedule_ahead.hpp"

#include <algorithm>
#include <set>

#include "core/engine/weight.hpp"
#include "experiments/design/schedule.hpp"

namespace assay::session {

ScheduleAhead::ScheduleAhead(const Plan& plan) : plan_(plan), cells_(cells(plan).size()) {}

void ScheduleAhead::add(const Block& block) {
  Started& started = cells_.at(block.cell)[block.number];
  ++started.times;
  started.losses += is_lost(block) ? 1 : 0;
  started.complete = !is_void(block);
}

int ScheduleAhead::losses(const Block& block) const {
  const std::map<int, Started>& numbers = cells_.at(block.cell);
  const auto found = numbers.find(block.number);
  return found == numbers.end() ? 0 : found->second.losses;
}

std::vector<BlockOrder> ScheduleAhead::to_next_look(const decide::AttemptAnalysis& analysis) const {
  std::vector<std::vector<Turn>> by_group;
  std::size_t most = 0;
  for (const std::vector<std::size_t>& group : groups_of(plan_)) {
    by_group.push_back(turns_of(group, analysis));
    most = std::max(most, by_group.back().size());
  }
  std::vector<BlockOrder> orders;
  for (std::size_t turn = 0; turn < most; ++turn) {
    for (const std::vector<Turn>& of_group : by_group) {
      if (turn < of_group.size()) orders.insert(orders.end(), of_group[turn].begin(), of_group[turn].end());
    }
  }
  return orders;
}

std::vector<ScheduleAhead::Turn> ScheduleAhead::turns_of(const std::vector<std::size_t>& group,
                                                         const decide::AttemptAnalysis& analysis) const {
  std::set<int> numbers;
  for (const std::size_t cell : group) {
    for (const int number : numbers_of(cell, analysis)) numbers.insert(number);
  }
  std::vector<Turn> turns;
  for (const int number : numbers) {
    Turn& turn = turns.emplace_back();
    for (const std::size_t cell : group) turn.push_back(order_of(cell, number, analysis));
  }
  return turns;
}

BlockOrder ScheduleAhead::order_of(std::size_t cell, int number, const decide::AttemptAnalysis& analysis) const {
  const auto found = cells_[cell].find(number);
  const int started = found == cells_[cell].end() ? 0 : found->second.times;
  return design::block_order(plan_, cell, number, started, analysis.arms_of_next_blocks(cell));
}

/// The numbers of the blocks that it needs; none if it is decided.
std::vector<int> ScheduleAhead::numbers_of(std::size_t cell, const decide::AttemptAnalysis& analysis) const {
  const int blocks_to_look = analysis.blocks_to_next_look(cell);
  std::vector<int> needed;
  const std::map<int, Started>& numbers = cells_[cell];
  int leading = 0;  // blocks up to the first gap: what the next look can count on
  int last = blocks_to_look;
  for (int number = 1; number <= last; ++number) {
    const auto found = numbers.find(number);
    const bool is_complete = found != numbers.end() && found->second.complete;
    if (!is_complete) {
      needed.push_back(number);
    } else if (leading == number - 1) {
      last = ++leading + blocks_to_look;
    }
  }
  return needed;
}

}  // namespace assay::session
