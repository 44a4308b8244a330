#include "experiments/definition/mistakes/mode_mistakes.hpp"

#include <cmath>

#include <fmt/format.h>

#include "experiments/formats/plan/block_limits.hpp"

namespace assay::definition {
namespace {

constexpr int kMostInner = 1000;
constexpr int kMostCostly = 10;
constexpr int kFewestForAVerdict = 5;

/// With fewer no interval of that level has an end: all n signs alike have a chance of 2 to the power of 1 - n.
int fewest_to_confirm(double alpha) {
  return 1 + static_cast<int>(std::ceil(-std::log2(alpha)));
}

void find_confirmation_mistakes(const Protocol& protocol, Confirmed confirmed, std::vector<ModeMistake>& mistakes) {
  if (protocol.confirm.value_or(0) == 0) return;
  if (const int fewest = fewest_to_confirm(protocol.alpha); *protocol.confirm < fewest) {
    mistakes.push_back(
        {"confirm", fmt::format("{} fresh blocks bound no effect at an error rate of {:g} %: expected {} or more, such "
                                "as {}",
                                *protocol.confirm, 100 * protocol.alpha, fewest, 2 * fewest)});
  }
  if (looks_once(protocol) && confirmed == Confirmed::early_stop) {
    mistakes.push_back({"confirm", "a fixed number of blocks never stops early: there is nothing to confirm"});
  }
}

void find_inner_mistakes(const Protocol& protocol, std::vector<ModeMistake>& mistakes) {
  if (protocol.inner < 1 || protocol.inner > kMostInner) {
    mistakes.push_back(
        {"inner", fmt::format("{} trials of each arm in a block: expected 1 to {}", protocol.inner, kMostInner)});
  }
  if (protocol.inner > 1 && protocol.design != Design::blocks) {
    mistakes.push_back({"inner", fmt::format("the design {} says how many trials a unit has: leave inner out",
                                             to_string(protocol.design))});
  }
  if (protocol.inner <= 1 && protocol.inner_statistic != InnerStatistic::median) {
    mistakes.push_back({"inner_stat", "with one trial of each arm in a block there is nothing to reduce: set inner"});
  }
}

void find_look_mistakes(const Protocol& protocol, std::vector<ModeMistake>& mistakes) {
  if (!protocol.look_every_block.value_or(false)) return;
  if (protocol.looks != LookMode::planned || is_costly(protocol.design)) {
    mistakes.push_back({"look_every_block",
                        "a fixed number of blocks, anytime evidence and costly designs have looks of "
                        "their own: leave it out"});
  }
}

void find_cap_mistakes(const Protocol& protocol, std::vector<ModeMistake>& mistakes) {
  if (protocol.max_blocks == kNoCap && !looks_anytime(protocol)) {
    mistakes.push_back({"max_blocks", "only anytime evidence needs no cap"});
  }
}

void find_costly_mistakes(const Protocol& protocol, std::vector<ModeMistake>& mistakes) {
  if (!is_costly(protocol.design)) return;
  const auto mistake = [&](const char* key, std::string text) { mistakes.push_back({key, std::move(text)}); };
  const std::string name(to_string(protocol.design));
  if (protocol.max_blocks < formats::kFewestCostly || protocol.max_blocks > kMostCostly) {
    mistake("max_blocks", fmt::format("{} trials of each arm: the design {} takes {} to {}", protocol.max_blocks, name,
                                      formats::kFewestCostly, kMostCostly));
  }
  if (!looks_once(protocol) &&
      (protocol.min_blocks < kFewestForAVerdict || protocol.min_blocks >= protocol.max_blocks)) {
    mistake("min_blocks", fmt::format("a first look at {} trials of each arm: expected {} or more, and fewer than "
                                      "max_blocks = {}",
                                      protocol.min_blocks, kFewestForAVerdict, protocol.max_blocks));
  }
  if (protocol.design == Design::costly_quads && (protocol.max_blocks % 2 != 0 || protocol.min_blocks % 2 != 0)) {
    mistake("design", "a quad has two trials of each arm: costly-quads needs even numbers of trials");
  }
  if (looks_anytime(protocol)) mistake("anytime", fmt::format("the design {} looks once or twice", name));
  if (protocol.confirm.value_or(0) > 0) mistake("confirm", fmt::format("the design {} has no trials to spare", name));
  if (protocol.claim == ClaimRule::suite) {
    mistake("cells", fmt::format("the design {} has no blocks to average over cells: expected any or all", name));
  }
}

}  // namespace

std::vector<ModeMistake> mode_mistakes(const Protocol& protocol, Confirmed confirmed) {
  std::vector<ModeMistake> mistakes;
  find_costly_mistakes(protocol, mistakes);
  find_look_mistakes(protocol, mistakes);
  find_cap_mistakes(protocol, mistakes);
  find_inner_mistakes(protocol, mistakes);
  find_confirmation_mistakes(protocol, confirmed, mistakes);
  return mistakes;
}

}  // namespace assay::definition
