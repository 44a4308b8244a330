#include "experiments/definition/mode_mistakes.hpp"

#include <fmt/format.h>

namespace assay::experiments {
namespace {

/// With fewer no interval of the usual levels has an end.
constexpr int kFewestToConfirm = 6;

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

}  // namespace

std::vector<ModeMistake> mode_mistakes(const Protocol& protocol) {
  std::vector<ModeMistake> mistakes;
  find_confirmation_mistakes(protocol, mistakes);
  return mistakes;
}

}  // namespace assay::experiments
