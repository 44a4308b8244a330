#include "experiments/planning/expected_noise.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/decide/comparison/advice.hpp"
#include "experiments/planning/self_comparison.hpp"
#include "experiments/planning/simulation/recorded_trace.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"
#include "experiments/planning/simulation/trace.hpp"

namespace assay::planning {

namespace {

std::vector<double> seconds_of_cells(const Plan& plan, const std::vector<Block>& blocks) {
  std::vector<double> seconds;
  for (std::size_t cell = 0; cell < cells(plan).size(); ++cell) {
    std::vector<Block> own;
    std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(own),
                 [cell](const Block& block) { return block.cell == cell && !is_void(block); });
    if (own.empty()) return {};
    seconds.push_back(decide::seconds_per_block(own, plan.protocol.design));
  }
  return seconds;
}

}  // namespace

ExpectedNoise measured_noise(const Plan& plan, const std::vector<Block>& blocks, std::string name) {
  return {trace_noise(recorded_trace(plan, blocks)), std::move(name),
          decide::seconds_per_block(blocks, plan.protocol.design), seconds_of_cells(plan, blocks)};
}

ExpectedNoise guessed_noise(Percent guess) {
  return {lognormal_noise(std::log1p(guess.fraction())), fmt::format("steady noise of {} % a trial", guess.value),
          std::nullopt};
}

definition::Definition pilot_of(const definition::Definition& definition, int blocks) {
  definition::Definition pilot = control_against_itself(definition);
  pilot.protocol.looks = LookMode::once;
  pilot.protocol.confirm.reset();
  pilot.protocol.max_blocks = blocks;
  pilot.protocol.min_blocks = std::min(pilot.protocol.min_blocks, blocks);
  return pilot;
}

void check_pilot(const std::vector<Block>& blocks) {
  const auto failed = [](const Trial& trial) { return !is_measured(trial.outcome); };
  const Trial* failure = nullptr;
  for (const Block& block : blocks) {
    const auto found = std::find_if(block.trials.begin(), block.trials.end(), failed);
    if (found == block.trials.end()) return;
    failure = &*found;
  }
  if (failure == nullptr) return;
  throw Error(fmt::format("no block of control against itself ended well: {}", describe(failure->outcome)),
              ErrorKind::invalid);
}

}  // namespace assay::planning
