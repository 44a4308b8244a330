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

/// Looks at n blocks cost memory of 20,000 bytes x n: ten thousand blocks are 200 MB.
constexpr int kMostBlocks = 10000;
constexpr double kSmallestAlpha = 1e-12;

}  // namespace

void find_protocol_mistakes(const Definition& definition, Mistakes& mistakes) {
  const Protocol& protocol = definition.protocol;
  const Ranged all[] = {
      {"alpha", protocol.alpha, kSmallestAlpha, 0.5},
      {"alpha_eq", protocol.alpha_equivalence, kSmallestAlpha, 0.5},
      {"power", protocol.power, 0.5, 0.999},
      {"kappa", protocol.kappa, 0, 1},
      {"min_blocks", static_cast<double>(protocol.min_blocks), 6, kMostBlocks},
      {"max_blocks", static_cast<double>(protocol.max_blocks), 6, kMostBlocks},
      {"attempts", static_cast<double>(protocol.attempts), 1, 20},
  };
  for (const Ranged& number : all) {
    if (number.value >= number.lowest && number.value <= number.highest) continue;
    mistakes.push_back(
        {fmt::format("/protocol/{}", number.key), fmt::format("{} = {}: expected a number from {} to {}", number.key,
                                                              number.value, number.lowest, number.highest)});
  }
  if (protocol.min_blocks > protocol.max_blocks) {
    mistakes.push_back(
        {"/protocol", fmt::format("the first look (min_blocks = {}) lies beyond the cap (max_blocks = {})",
                                  protocol.min_blocks, protocol.max_blocks)});
  }
}

}  // namespace assay::experiments
