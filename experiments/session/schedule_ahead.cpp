#include "experiments/session/schedule_ahead.hpp"

#include <algorithm>

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
  std::vector<std::vector<BlockOrder>> by_cell;
  std::size_t most = 0;
  for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
    by_cell.push_back(orders_of(cell, analysis));
    most = std::max(most, by_cell.back().size());
  }
  std::vector<BlockOrder> orders;
  for (std::size_t turn = 0; turn < most; ++turn) {
    for (const std::vector<BlockOrder>& of_cell : by_cell) {
      if (turn < of_cell.size()) orders.push_back(of_cell[turn]);
    }
  }
  return orders;
}

std::vector<BlockOrder> ScheduleAhead::orders_of(std::size_t cell, const decide::AttemptAnalysis& analysis) const {
  const int blocks_to_look = analysis.blocks_to_next_look(cell);
  const std::vector<ArmIndex> arms = analysis.arms_of_next_blocks(cell);
  std::vector<BlockOrder> orders;
  const std::map<int, Started>& numbers = cells_[cell];
  int leading = 0;  // blocks up to the first gap: what the next look can count on
  int last = blocks_to_look;
  for (int number = 1; number <= last; ++number) {
    const auto found = numbers.find(number);
    const Started started = found == numbers.end() ? Started{} : found->second;
    if (started.complete) {
      if (leading == number - 1) last = ++leading + blocks_to_look;
    } else {
      orders.push_back(design::block_order(plan_, cell, number, started.times, arms));
    }
  }
  return orders;
}

}  // namespace assay::session
