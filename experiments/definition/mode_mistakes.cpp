#include "experiments/definition/mode_mistakes.hpp"

#include <fmt/format.h>

namespace assay::experiments {
namespace {

/// With fewer no interval of the usual levels has an end.
constexpr int kFewestToConfirm = 6;
constexpr int kMostInner = 1000;

void find_confirmation_mistakes(const Protocol& protocol, std::vector<ModeMistake>& mistakes) {
  if (protocol.confirm == 0) return;
  if (protocol.confirm < kFewestToConfirm) {
    mistakes.push_back({"confirm", fmt::format("{} fresh blocks bound no effect: expected {} or more, such as 12",
                                               protocol.confirm, kFewestToConfirm)});
  }
  if (protocol.fixed) {
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

}  // namespace

std::vector<ModeMistake> mode_mistakes(const Protocol& protocol) {
  std::vector<ModeMistake> mistakes;
  find_inner_mistakes(protocol, mistakes);
  find_confirmation_mistakes(protocol, mistakes);
  return mistakes;
}

}  // namespace assay::experiments
