#include "experiments/definition/options/protocol_options.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/definition/mistakes/mode_mistakes.hpp"
#include "experiments/definition/reading/block_numbers.hpp"
#include "experiments/formats/plan/block_limits.hpp"

namespace assay::definition {
namespace {

constexpr double kStrictAlpha = 0.01;

/// \throws Error if two modes of the protocol exclude each other.
void check_modes(const Protocol& protocol) {
  const std::vector<ModeMistake> mistakes = mode_mistakes(protocol);
  if (mistakes.empty()) return;
  std::string option = mistakes.front().key;
  std::replace(option.begin(), option.end(), '_', '-');
  throw Error(fmt::format("--{}: {}", option, mistakes.front().text));
}

}  // namespace

void check_protocol_options(const ProtocolOptions& options) {
  const Protocol& protocol = options.protocol;
  if (options.margin && options.margin->value <= 0) {
    throw Error(fmt::format("--margin: {}% is not above 0%", options.margin->value));
  }
  if (protocol.max_time && protocol.max_time->count() <= 0) throw Error("--max-time: it must be above 0 s");
  if (is_costly(protocol.design)) return;  // its numbers are for its modes to judge
  const auto require_enough = [](const char* option, int blocks) {
    if (blocks >= formats::kFewestBlocks) return;
    throw Error(fmt::format("--{} {}: expected {} or more: fewer blocks show nothing at 5 %", option, blocks,
                            formats::kFewestBlocks));
  };
  require_enough("min-blocks", protocol.min_blocks);
  require_enough("max-blocks", protocol.max_blocks);
  if (protocol.min_blocks > protocol.max_blocks) {
    throw Error(fmt::format("--min-blocks {} is more than --max-blocks {}: the first look would lie beyond the cap",
                            protocol.min_blocks, protocol.max_blocks));
  }
}

Protocol settled_protocol(const ProtocolOptions& options, std::optional<int> fixed) {
  Protocol protocol = options.protocol;
  if (options.strict) {
    const Protocol defaults;
    if (protocol.alpha != defaults.alpha || protocol.alpha_equivalence != defaults.alpha_equivalence) {
      throw Error("--strict sets --alpha and --alpha-eq to 0.01: leave either out");
    }
    protocol.alpha = protocol.alpha_equivalence = kStrictAlpha;
  }
  if (fixed && looks_anytime(protocol)) throw Error(fmt::format("--anytime: {}", kFixedAndAnytime));
  BlockNumbers numbers{.fixed = fixed, .first_look = {}, .cap = {}};
  if (options.first_look_given) numbers.first_look = protocol.min_blocks;
  if (options.cap_given) numbers.cap = protocol.max_blocks;
  protocol = with_block_numbers(protocol, numbers);
  check_modes(protocol);
  return protocol;
}

}  // namespace assay::definition
