#include "experiments/decide/levels/looks.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/summary.hpp"

namespace assay::decide {

std::vector<int> looks_of(const Protocol& protocol, TrialLength length) {
  if (looks_once(protocol)) return {protocol.max_blocks};
  if (is_costly(protocol.design)) return {protocol.min_blocks, protocol.max_blocks};
  if (looks_anytime(protocol)) return {std::max(stats::LookPlan{}.first, protocol.min_blocks)};
  stats::LookPlan plan;
  plan.first = std::max(plan.first, protocol.min_blocks);
  plan.cap = protocol.max_blocks;
  const bool every_block = protocol.look_every_block.value_or(length == TrialLength::minutes);
  plan.spacing = every_block ? stats::LookSpacing::every_block : stats::LookSpacing::geometric;
  return stats::look_schedule(plan);
}

Protocol confirming_protocol(const Plan& plan) {
  Protocol protocol = plan.protocol;
  const int asked = confirmatory_blocks(plan);
  if (rules_of(plan).confirmation == Confirmation::one_interval) {
    protocol.looks = LookMode::once;
    protocol.max_blocks = asked;
  } else {
    protocol.min_blocks = std::max(asked, stats::LookPlan{}.first);
    protocol.max_blocks = std::max(protocol.max_blocks, protocol.min_blocks);
  }
  return protocol;
}

int most_fresh_blocks(const Plan& plan) {
  return confirmatory_blocks(plan) > 0 ? confirming_protocol(plan).max_blocks : 0;
}

double planned_fresh_blocks(const Plan& plan) {
  const int most = most_fresh_blocks(plan);
  return most == kNoCap ? 0 : most;
}

TrialLength trial_length(std::span<const Block> blocks) {
  constexpr double kMinute = 60e9;
  std::vector<double> of_blocks;
  for (const Block& block : blocks) {
    double sum = 0;
    for (const Trial& trial : block.trials) {
      sum += std::log(static_cast<double>(std::max(trial.usage.wall, nanoseconds{1}).count()));
    }
    of_blocks.push_back(sum / static_cast<double>(block.trials.size()));
  }
  return !blocks.empty() && stats::median(of_blocks) >= std::log(kMinute) ? TrialLength::minutes : TrialLength::brief;
}

Looks::Looks(const Protocol& protocol) : protocol_(protocol), looks_(looks_of(protocol)) {}

int Looks::next() const {
  return looks_anytime(protocol_) ? looks_.front() + static_cast<int>(taken_) : looks_.at(taken_);
}

const std::vector<int>& Looks::choose_after(std::span<const Block> first_blocks) {
  std::vector<int> looks = looks_of(protocol_, trial_length(first_blocks));
  if (looks.front() == looks_.front()) looks_ = std::move(looks);
  return looks_;
}

}  // namespace assay::decide
