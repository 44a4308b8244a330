#include "core/block.hpp"

#include <algorithm>

namespace assay {
namespace {

/// A turn is over when the longest of its trials has ended.
nanoseconds time_at_once(std::span<const Block> blocks) {
  std::vector<nanoseconds> turns;
  for (const Block& block : blocks) {
    turns.resize(std::max(turns.size(), block.trials.size()));
    for (std::size_t turn = 0; turn < block.trials.size(); ++turn) {
      turns[turn] = std::max(turns[turn], block.trials[turn].usage.wall);
    }
  }
  nanoseconds sum{};
  for (const nanoseconds turn : turns) sum += turn;
  return sum;
}

}  // namespace

bool is_void(const Block& block) {
  return block.broken_off || std::any_of(block.trials.begin(), block.trials.end(),
                                         [](const Trial& trial) { return is_infrastructure_failure(trial.outcome); });
}

bool is_lost(const Block& block) {
  return block.broken_off || (is_void(block) && std::any_of(block.trials.begin(), block.trials.end(), was_started));
}

nanoseconds measuring_time(const Block& block, Design design) {
  nanoseconds sum{};
  nanoseconds longest{};
  for (const Trial& trial : block.trials) {
    sum += trial.usage.wall;
    longest = std::max(longest, trial.usage.wall);
  }
  return design == Design::duet ? longest : sum;
}

bool ran_side_by_side(const Block& one, const Block& other) {
  return one.started_ns == other.started_ns && one.number == other.number && one.cell != other.cell &&
         std::find(one.beside.begin(), one.beside.end(), other.cell) != one.beside.end();
}

void void_together(std::vector<Block>& blocks) {
  if (std::none_of(blocks.begin(), blocks.end(), is_void)) return;
  for (Block& block : blocks) {
    if (!is_void(block)) block.broken_off = BrokenOff{};
  }
}

nanoseconds measuring_time(std::span<const Block> blocks, Design design) {
  nanoseconds sum{};
  for (std::size_t first = 0; first < blocks.size();) {
    std::size_t end = first + 1;
    while (end < blocks.size() && ran_side_by_side(blocks[first], blocks[end])) ++end;
    sum += end == first + 1 ? measuring_time(blocks[first], design) : time_at_once(blocks.subspan(first, end - first));
    first = end;
  }
  return sum;
}

}  // namespace assay
