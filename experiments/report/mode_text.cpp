#include "experiments/report/mode_text.hpp"

#include <fmt/format.h>

#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

std::string design_sentence(Design design) {
  switch (design) {
    case Design::abba:
      return "quads: the arms one after the other, then in the reverse order, by a coin; the quad is the unit";
    case Design::duet:
      return "duet: both arms at once, each on a CPU of its own, by a coin; they may disturb each other";
    case Design::costly:
      return "costly: all trials in one random order, judged by the exact permutation test";
    case Design::costly_quads:
      return "costly: two trials of each arm in each quad, in random order, judged by the exact permutation test";
    case Design::blocks:
      return "";
  }
  return "";
}

std::string inner_sentence(const Protocol& protocol) {
  if (protocol.inner <= 1) return "";
  const std::string trials = fmt::format("{} of each arm in a block", count_text(protocol.inner, "trial"));
  if (protocol.inner_statistic == InnerStatistic::min) {
    return trials + ", reduced to their minimum: the effect is that on the best case, not on the typical one";
  }
  return fmt::format("{}, reduced to their {}", trials, to_string(protocol.inner_statistic));
}

std::string side_by_side_sentence(const Protocol& protocol) {
  if (!protocol.side_by_side) return "";
  return "side by side: workloads run at once as far as their weights fit, all of them the same arm; each effect is "
         "that beside the others";
}

std::string anytime_sentence(const Protocol& protocol) {
  if (!looks_anytime(protocol)) return "";
  return "anytime: evidence by betting, looked at after every unit and valid whenever one stops";
}

}  // namespace

std::vector<std::string> mode_sentences(const Protocol& protocol) {
  std::vector<std::string> sentences;
  for (std::string& sentence : std::vector{design_sentence(protocol.design), inner_sentence(protocol),
                                           side_by_side_sentence(protocol), anytime_sentence(protocol)}) {
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace assay::report
