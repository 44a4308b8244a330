#include "experiments/session/block_notes.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::session {
namespace {

std::string block_name(const Plan& plan, const Block& block) {
  return fmt::format("block {} of {}", block.number, cell_name(plan, cells(plan)[block.cell]));
}

/// The trial whose hook or proof failed, in words.
std::string failure_text(const Plan& plan, const Block& block) {
  const auto failed = std::find_if(block.trials.begin(), block.trials.end(),
                                   [](const Trial& trial) { return is_infrastructure_failure(trial.outcome); });
  return fmt::format("{}: {}", plan.variable.levels[failed->arm].label, describe(failed->outcome));
}

std::string break_text(const Plan& plan, const BrokenOff& broken_off) {
  if (broken_off.running.empty()) return "it was broken off between two trials";
  std::vector<std::string> labels;
  for (const ArmIndex arm : broken_off.running) labels.push_back(plan.variable.levels[arm].label);
  return fmt::format("it was broken off while {} ran", fmt::join(labels, " and "));
}

}  // namespace

std::string void_block_note(const Plan& plan, const Block& block) {
  return fmt::format("{} is void and run again: {}", block_name(plan, block), failure_text(plan, block));
}

std::string lost_block_note(const Plan& plan, const Block& block) {
  const std::string how = block.broken_off ? break_text(plan, *block.broken_off) : failure_text(plan, block);
  return fmt::format("{} is lost: {}; it is run again, and every test takes it at its worst", block_name(plan, block),
                     how);
}

std::string nodes_lost_note(const Plan& plan, const std::vector<Block>& blocks) {
  struct OfNode {
    int blocks = 0;
    int lost = 0;
    std::map<ArmIndex, int> while_running = {};
  };
  std::map<std::string, OfNode> nodes;
  for (const Block& block : blocks) {
    if (block.node.empty()) continue;
    OfNode& node = nodes[block.node];
    ++node.blocks;
    if (!block.broken_off) continue;
    ++node.lost;
    for (const ArmIndex arm : block.broken_off->running) ++node.while_running[arm];
  }
  std::vector<std::string> parts;
  for (const auto& [name, node] : nodes) {
    if (node.lost == 0) continue;
    std::vector<std::string> arms;
    for (const auto& [arm, times] : node.while_running) {
      arms.push_back(fmt::format("while {} ran: {}", plan.variable.levels[arm].label, times));
    }
    parts.push_back(fmt::format("{} lost {} of {} blocks{}{}{}", name, node.lost, node.blocks, arms.empty() ? "" : " (",
                                fmt::join(arms, ", "), arms.empty() ? "" : ")"));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace assay::session
