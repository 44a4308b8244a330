#include <array>

#include <fmt/format.h>

#include "experiments/definition/semantics.hpp"

namespace assay::experiments {
namespace {

/// A number of the protocol and the ends of its range, both allowed.
struct Ranged {
  const char* key;
  double value;
  double lowest;
  double highest;
};

/// A look draws 19,999 sign vectors, each as long as there are blocks: more is more than machines should be asked for.
constexpr int kMostBlocks = 10000;
constexpr double kSmallestAlpha = 1e-12;

}  // namespace

void find_protocol_mistakes(const Definition& definition, Mistakes& mistakes) {
  const Protocol& protocol = definition.protocol;
  const std::array all = {
      Ranged{"alpha", protocol.alpha, kSmallestAlpha, 0.5},
      Ranged{"alpha_eq", protocol.alpha_equivalence, kSmallestAlpha, 0.5},
      Ranged{"power", protocol.power, 0.5, 0.999},
      Ranged{"kappa", protocol.kappa, 0, 1},
      Ranged{"min_blocks", static_cast<double>(protocol.min_blocks), 6, kMostBlocks},
      Ranged{"max_blocks", static_cast<double>(protocol.max_blocks), 6, kMostBlocks},
      Ranged{"confirm", static_cast<double>(protocol.confirm.value_or(6)), 6, kMostBlocks},
      Ranged{"attempts", static_cast<double>(protocol.attempts), 1, 20},
  };
  for (const Ranged& number : all) {
    if (number.value >= number.lowest && number.value <= number.highest) continue;
    mistakes.push_back(
        {fmt::format("/protocol/{}", number.key), fmt::format("{} = {}: expected a number from {} to {}", number.key,
                                                              number.value, number.lowest, number.highest)});
  }
  if (protocol.confirm && definition.variable.kind != VariableKind::level) {
    mistakes.push_back(
        {"/protocol/confirm", "only the winner of a race of levels is measured afresh: leave confirm out"});
  }
  if (definition.simulation && !definition.simulation->shifts.empty() &&
      definition.variable.kind != VariableKind::level) {
    mistakes.push_back({"/simulated/shifts", "shifts are of levels that race: write shift for a treatment"});
  }
  if (protocol.min_blocks > protocol.max_blocks) {
    mistakes.push_back(
        {"/protocol", fmt::format("the first look (min_blocks = {}) lies beyond the cap (max_blocks = {})",
                                  protocol.min_blocks, protocol.max_blocks)});
  }
}

}  // namespace assay::experiments
