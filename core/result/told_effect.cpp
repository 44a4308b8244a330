#include "core/result/told_effect.hpp"

namespace assay {
namespace {

bool rests_on_equivalence(const MetricResult& result) {
  const bool is_guard = result.guard != GuardStatus::not_a_guard;
  return is_guard ? result.guard != GuardStatus::failed : result.verdict == Verdict::equivalent;
}

}  // namespace

std::optional<Effect> told_effect(const MetricResult& result) {
  std::optional<Effect> effect = result.effect;
  if (!effect || !result.equivalence || !rests_on_equivalence(result)) return effect;
  effect->interval = result.equivalence->interval;
  effect->confidence = result.equivalence->confidence;
  return effect;
}

std::optional<Effect> told_effect(const Comparison& comparison) {
  MetricResult primary = comparison.metrics.front();
  primary.verdict = comparison.verdict;
  return told_effect(primary);
}

}  // namespace assay
