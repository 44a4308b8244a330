#include "experiments/session/block_notes.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/budget.hpp"
#include "core/engine/weight.hpp"
#include "experiments/trial/accepted_failures.hpp"

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

std::string break_text(const Plan& plan, const Block& block) {
  const BrokenOff& broken_off = *block.broken_off;
  if (broken_off.running.empty()) {
    return block.beside.empty() ? "it was broken off between two trials"
                                : "it was broken off between two trials, together with what runs beside it";
  }
  std::vector<std::string> labels;
  for (const ArmIndex arm : broken_off.running) labels.push_back(plan.variable.levels[arm].label);
  return fmt::format("it was broken off while {} ran", fmt::join(labels, " and "));
}

/// The value in the middle; if their number is even, the upper one of the two. The order of the values is lost.
double upper_median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::string void_block_note(const Plan& plan, const Block& block) {
  return fmt::format("{} is void and run again: {}", block_name(plan, block), failure_text(plan, block));
}

std::string lost_block_note(const Plan& plan, const Block& block) {
  const std::string how = block.broken_off ? break_text(plan, block) : failure_text(plan, block);
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

std::vector<std::string> filler_notes(const Plan& plan, const decide::AttemptAnalysis& analysis) {
  std::map<std::size_t, int> analysed;
  for (const Comparison& comparison : analysis.result().comparisons) {
    int& blocks = analysed[comparison.cell.index];
    blocks = std::max(blocks, comparison.blocks);
  }
  std::vector<std::string> notes;
  for (const auto& [cell, blocks] : analysed) {
    const int more = analysis.complete_blocks(cell) - blocks;
    if (more <= 0) continue;
    notes.push_back(
        fmt::format("{}: {} of its blocks ran only beside others, after it was decided; they are recorded, and its "
                    "verdict does not rest on them",
                    cell_name(plan, cells(plan)[cell]), more));
  }
  return notes;
}

std::vector<std::string> weight_notes(const Plan& plan, const std::vector<Block>& blocks) {
  constexpr double kForgiven = 1.1;  // short trials and threads that overlap at their ends
  // Each arm by itself, since it may be one arm only that starts threads or widens its CPUs.
  std::map<std::size_t, std::map<ArmIndex, std::vector<double>>> busy;
  for (const Block& block : blocks) {
    if (block.beside.empty()) continue;
    for (const Trial& trial : block.trials) {
      if (!is_measured(trial.outcome) || trial.usage.wall.count() <= 0) continue;
      const nanoseconds cpu = trial.usage.user + trial.usage.system;
      busy[block.cell][trial.arm].push_back(static_cast<double>(cpu.count()) /
                                            static_cast<double>(trial.usage.wall.count()));
    }
  }
  std::vector<std::string> notes;
  for (auto& [cell, arms] : busy) {
    double most = 0;
    for (auto& [arm, kept] : arms) most = std::max(most, upper_median(kept));
    const double weight = weight_of(plan, {cell}).cpus;
    if (most <= kForgiven * weight) continue;
    const bool is_bound = are_bound(plan, group_of(plan, cell));
    notes.push_back(fmt::format(
        "{} kept {} busy and {}: it took CPU time from what ran beside it; {}", cell_name(plan, cells(plan)[cell]),
        format_part(BudgetPart::cpus, most),
        is_bound ? fmt::format("was started on {}", format_part(BudgetPart::cpus, weight))
                 : fmt::format("weighs {}", format_part(BudgetPart::cpus, weight)),
        is_bound ? "it chose others itself: declare what it takes, or keep it from that" : "declare what it takes"));
  }
  return notes;
}

std::vector<std::string> notes_on_blocks(const Plan& plan, const decide::AttemptAnalysis& analysis,
                                         const std::vector<Block>& blocks) {
  std::vector<std::string> notes;
  if (!plan.groups.empty()) {
    notes = filler_notes(plan, analysis);
    for (std::string& note : weight_notes(plan, blocks)) notes.push_back(std::move(note));
  }
  for (std::string& note : trial::accepted_failure_notes(plan, blocks)) notes.push_back(std::move(note));
  if (std::string lost = nodes_lost_note(plan, blocks); !lost.empty()) notes.push_back(std::move(lost));
  return notes;
}

std::vector<std::string> not_tried_notes(const Plan& plan, const std::vector<UnannouncedTrials>& trials) {
  std::vector<std::string> notes;
  for (const UnannouncedTrials& tried : trials) {
    if (tried.not_tried.empty()) continue;
    const bool any_other = std::any_of(trials.begin(), trials.end(), [&tried](const UnannouncedTrials& other) {
      return other.cell == tried.cell && other.not_tried.empty();
    });
    notes.push_back(fmt::format("{} of {} was not tried where nothing announces that it is measured{}: {}",
                                plan.variable.levels[tried.arm].label, cell_name(plan, cells(plan)[tried.cell.index]),
                                any_other ? ", although another arm ran there" : "", tried.not_tried));
  }
  return notes;
}

}  // namespace assay::session
