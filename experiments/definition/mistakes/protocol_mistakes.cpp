#include <array>

#include <fmt/format.h>

#include "experiments/definition/mistakes/mode_mistakes.hpp"
#include "experiments/definition/mistakes/semantics.hpp"
#include "experiments/formats/plan/block_limits.hpp"

namespace assay::definition {
namespace {

/// A number of the protocol and the ends of its range, both allowed.
struct Ranged {
  const char* key;
  double value;
  double lowest;
  double highest;
};

}  // namespace

void find_protocol_mistakes(const Definition& definition, Mistakes& mistakes) {
  const Protocol& protocol = definition.protocol;
  const std::array all = {
      Ranged{"alpha", protocol.alpha, kSmallestAlpha, kLargestAlpha},
      Ranged{"alpha_eq", protocol.alpha_equivalence, kSmallestAlpha, kLargestAlpha},
      Ranged{"power", protocol.power, 0.5, 0.999},
      Ranged{"kappa", protocol.kappa, 0, 1},
      Ranged{"min_blocks", static_cast<double>(protocol.min_blocks), formats::kFewestBlocks, formats::kMostBlocks},
      Ranged{"max_blocks", static_cast<double>(protocol.max_blocks), formats::kFewestBlocks, formats::kMostBlocks},
      Ranged{"attempts", static_cast<double>(protocol.attempts), 1, 20},
  };
  for (const Ranged& number : all) {
    if (number.value >= number.lowest && number.value <= number.highest) continue;
    if (is_costly(protocol.design) && number.lowest == formats::kFewestBlocks) continue;  // has numbers of its own
    if (number.value == kNoCap) continue;  // whether there may be none is for the modes to say
    mistakes.push_back(
        {fmt::format("/protocol/{}", number.key), fmt::format("{} = {}: expected a number from {} to {}", number.key,
                                                              number.value, number.lowest, number.highest)});
  }
  const bool is_race = definition.variable.kind == VariableKind::level;
  if (definition.simulation && !definition.simulation->shifts.empty() && !is_race) {
    mistakes.push_back({"/simulated/shifts", "shifts are of levels that race: write shift for a treatment"});
  }
  const Confirmed confirmed = is_race ? Confirmed::winner_of_race : Confirmed::early_stop;
  for (const ModeMistake& mistake : mode_mistakes(protocol, confirmed)) {
    mistakes.push_back({fmt::format("/protocol/{}", mistake.key), mistake.text});
  }
  if (protocol.min_blocks > protocol.max_blocks) {
    mistakes.push_back(
        {"/protocol", fmt::format("the first look (min_blocks = {}) lies beyond the cap (max_blocks = {})",
                                  protocol.min_blocks, protocol.max_blocks)});
  }
}

}  // namespace assay::definition
