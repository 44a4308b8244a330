#include "experiments/decide/rules/experiment_verdict.hpp"

#include <algorithm>
#include <array>

#include "core/assert.hpp"
#include "stats/holm.hpp"

namespace assay::decide {
namespace {

/// One comparison, or one average over cells.
struct Part {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  bool not_worse = false;
};

MetricVerdict verdict_of(ClaimRule claim, const std::vector<Part>& parts) {
  const auto first = [&](Verdict verdict) {
    return std::find_if(parts.begin(), parts.end(), [verdict](const Part& part) { return part.verdict == verdict; });
  };
  const auto any = [&](Verdict verdict) { return first(verdict) != parts.end(); };
  const auto all = [&](auto property) { return std::all_of(parts.begin(), parts.end(), property); };

  if (any(Verdict::invalid)) return {Verdict::invalid, first(Verdict::invalid)->reason};
  if (any(Verdict::regressed)) {
    return {Verdict::regressed, any(Verdict::improved) ? VerdictReason::mixed : first(Verdict::regressed)->reason};
  }
  const bool improved = claim == ClaimRule::all
                            ? all([](const Part& part) { return part.verdict == Verdict::improved; })
                            : any(Verdict::improved) && all([](const Part& part) {
                                return part.verdict == Verdict::improved || part.not_worse;
                              });
  if (improved) return {Verdict::improved, VerdictReason::none};
  if (!parts.empty() && all([](const Part& part) { return part.verdict == Verdict::equivalent; })) {
    const bool immaterial = std::any_of(parts.begin(), parts.end(),
                                        [](const Part& part) { return part.reason == VerdictReason::immaterial; });
    return {Verdict::equivalent, immaterial ? VerdictReason::immaterial : VerdictReason::none};
  }
  const auto inconclusive = first(Verdict::inconclusive);
  return {Verdict::inconclusive, inconclusive == parts.end() ? VerdictReason::none : inconclusive->reason};
}

/// What ended the part that was least decided; each has a `stop`.
template <class Stopped>
Stop least_decided(std::span<const Stopped> parts) {
  constexpr std::array kLeastDecidedFirst = {Stop::audit,  Stop::failed, Stop::interrupted, Stop::time,
                                             Stop::futile, Stop::cap,    Stop::boundary,    Stop::equivalence};
  for (const Stop stop : kLeastDecidedFirst) {
    const bool found =
        std::any_of(parts.begin(), parts.end(), [stop](const Stopped& part) { return part.stop == stop; });
    if (found) return stop;
  }
  return Stop::cap;
}

/// What has no p-value yet stays in the family, as if it showed nothing.
void adjust_by_holm(std::span<MetricResult* const> family, std::span<const FamilyMember> found,
                    const FamilyLevel& level) {
  ASSAY_ASSERT(family.size() == found.size());
  if (family.size() < 2) return;
  std::vector<double> p_values;
  for (const FamilyMember& member : found) p_values.push_back(member.p.value_or(1));
  const std::vector<double> adjusted = stats::holm_adjusted(p_values);
  for (std::size_t index = 0; index < family.size(); ++index) {
    MetricResult& metric = *family[index];
    if (!metric.effect || !metric.effect->p) continue;
    const bool bounded =
        level.printed == PrintedP::at_most_the_level && found[index].crossed && adjusted[index] > level.alpha;
    metric.effect->p = bounded ? level.alpha : adjusted[index];
    metric.effect->p_is_bound = bounded;
    const bool open_sign = metric.reason == VerdictReason::noise || metric.reason == VerdictReason::near_margin;
    const Interval& interval = metric.effect->interval;
    const bool holds_zero = interval.low <= 0 && interval.high >= 0;
    if (metric.verdict != Verdict::inconclusive || !open_sign || !holds_zero || adjusted[index] > level.alpha) continue;
    metric.reason = VerdictReason::direction_known;
  }
}

}  // namespace

MetricVerdict experiment_verdict(ClaimRule claim, std::span<const Comparison> comparisons) {
  std::vector<Part> parts;
  for (const Comparison& comparison : comparisons) {
    parts.push_back({comparison.verdict, comparison.reason, comparison.metrics.front().not_worse});
  }
  return verdict_of(claim, parts);
}

MetricVerdict suite_verdict(std::span<const SuiteResult> suites) {
  std::vector<Part> parts;
  for (const SuiteResult& suite : suites) {
    parts.push_back({suite.average.verdict, suite.average.reason, suite.average.not_worse});
  }
  return verdict_of(ClaimRule::any, parts);
}

MetricVerdict search_verdict(std::span<const LevelSearch> searches) {
  std::vector<Part> parts;
  for (const LevelSearch& search : searches) parts.push_back({search.verdict, search.reason, search.not_worse});
  return verdict_of(ClaimRule::any, parts);
}

Stop experiment_stop(std::span<const Comparison> comparisons) {
  return least_decided(comparisons);
}

Stop search_stop(std::span<const LevelSearch> searches) {
  return least_decided(searches);
}

void state_by_holm(std::vector<Comparison>& comparisons, std::span<const FamilyMember> found,
                   const FamilyLevel& level) {
  std::vector<MetricResult*> primaries;
  primaries.reserve(comparisons.size());
  for (Comparison& comparison : comparisons) primaries.push_back(&comparison.metrics.front());
  adjust_by_holm(primaries, found, level);
  for (Comparison& comparison : comparisons) comparison.reason = comparison.metrics.front().reason;
}

void state_guards_by_holm(std::vector<Comparison>& comparisons, std::span<const FamilyMember> found,
                          const FamilyLevel& level) {
  std::vector<MetricResult*> guards;
  for (Comparison& comparison : comparisons) {
    for (MetricResult& metric : comparison.metrics) {
      if (metric.guard != GuardStatus::not_a_guard) guards.push_back(&metric);
    }
  }
  adjust_by_holm(guards, found, level);
}

}  // namespace assay::decide
