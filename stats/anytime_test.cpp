#include "stats/anytime_test.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "stats/e_process.hpp"
#include "stats/evidence_process.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/predictable_scale.hpp"

namespace assay::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Null effects that are kept up with; a resolution that changes from look to look would pile them up.
constexpr std::size_t kMostWatched = 32;

void check_range(const char* name, double value, double lowest, double highest) {
  if (value >= lowest && value <= highest) return;
  throw Error(fmt::format("{} {}: expected a number from {} to {}", name, value, lowest, highest));
}

constexpr double kSmallest = std::numeric_limits<double>::min();

void check(const AnytimeDesign& design) {
  check_range("side level (below zero)", design.alpha.below_zero, kSmallest, 0.5);
  check_range("side level (above zero)", design.alpha.above_zero, kSmallest, 0.5);
  check_range("alpha of equivalence", design.alpha_equivalence, kSmallest, 0.5);
  check_range("margin", design.margin, kSmallest, std::numeric_limits<double>::max());
  check_range("kappa", design.kappa, 0, 1);
}

/// One evidence for both sides, as it is specified, unless a declared direction gave them levels of their own.
EvidenceLimits limits_of(const SideLevels& alpha) {
  if (alpha.below_zero == alpha.above_zero) {
    const double limit = -std::log(alpha.below_zero + alpha.above_zero);
    return {.below = limit, .above = limit, .sides = EvidenceSides::together};
  }
  return {
      .below = -std::log(alpha.below_zero), .above = -std::log(alpha.above_zero), .sides = EvidenceSides::one_by_one};
}

Interval widened(const Interval& interval, double resolution) {
  return {.low = interval.low - resolution, .high = interval.high + resolution};
}

}  // namespace

struct AnytimeTest::State {
  explicit State(const AnytimeDesign& given)
      : design(given), difference(limits_of(given.alpha)), equivalence_limit(-std::log(given.alpha_equivalence)) {
    check(given);
  }

  void add(double effect) {
    const double of_effect = scale.next();
    scale.add(effect);
    effects.push_back(effect);
    scales.push_back(of_effect);
    for (auto& [null_effect, process] : watched) process.add(effect, of_effect);
    against_zero.add(effect, of_effect);
    highest = std::max(highest, against_zero.evidence().log_total);
  }

  const EvidenceProcess& against(double null_effect) {
    if (watched.size() > kMostWatched) watched.clear();
    const auto found = watched.find(null_effect);
    if (found != watched.end()) return found->second;
    return watched.emplace(null_effect, evidence_after(null_effect, effects, scales)).first->second;
  }

  [[nodiscard]] bool lies_below(double null_effect) {
    const EvidenceProcess& process = against(null_effect);
    const bool together = difference.sides == EvidenceSides::together;
    return (together ? process.log_part_below() : process.log_one_sided_below()) >= difference.below;
  }
  [[nodiscard]] bool lies_above(double null_effect) {
    const EvidenceProcess& process = against(null_effect);
    const bool together = difference.sides == EvidenceSides::together;
    return (together ? process.log_part_above() : process.log_one_sided_above()) >= difference.above;
  }

  Look look(double resolution);

  AnytimeDesign design;
  EvidenceLimits difference;
  double equivalence_limit;
  std::vector<double> effects;
  std::vector<double> scales;
  PredictableScale scale;
  EvidenceProcess against_zero{0};
  double highest = 0;  ///< ln of the largest evidence against 0
  std::map<double, EvidenceProcess> watched;
  double last_resolution = 0;
  Look last;  ///< with all that has been shown for good
};

Look AnytimeTest::State::look(double resolution) {
  const double least = design.kappa * design.margin + resolution;
  const double within = design.margin - resolution;
  last_resolution = resolution;
  last.blocks = static_cast<int>(effects.size());
  last.estimate = WalshAverages(effects).median();
  last.repeated = last.equivalence = {.low = -kInfinity, .high = kInfinity};
  last.below_zero |= lies_below(0);
  last.above_zero |= lies_above(0);
  last.below_kappa_margin |= lies_below(-least);
  last.above_kappa_margin |= lies_above(least);
  last.note({.not_above = against(within).log_one_sided_below() >= equivalence_limit,
             .not_below = against(-within).log_one_sided_above() >= equivalence_limit,
             .beyond = lies_above(design.margin + resolution)});
  return last;
}

AnytimeTest::AnytimeTest(const AnytimeDesign& design) : state_(std::make_unique<State>(design)) {}
AnytimeTest::~AnytimeTest() = default;
AnytimeTest::AnytimeTest(AnytimeTest&&) noexcept = default;
AnytimeTest& AnytimeTest::operator=(AnytimeTest&&) noexcept = default;

Look AnytimeTest::look(std::span<const double> effects, double resolution) {
  ASSAY_ASSERT(!effects.empty() && effects.size() >= state_->effects.size());
  for (const double effect : effects.subspan(state_->effects.size())) state_->add(effect);
  return state_->look(resolution);
}

Look AnytimeTest::with_intervals(Look look) const {
  const double limit = state_->equivalence_limit;
  const Interval difference = confidence_sequence(state_->effects, state_->scales, state_->difference);
  const Interval equivalence = confidence_sequence(
      state_->effects, state_->scales, {.below = limit, .above = limit, .sides = EvidenceSides::one_by_one});
  look.repeated = widened(difference, state_->last_resolution);
  look.equivalence = widened(equivalence, state_->last_resolution);
  return look;
}

double AnytimeTest::p_value() const {
  return std::max(std::exp(-state_->highest), kSmallest);
}

}  // namespace assay::stats
