#include "stats/anytime/anytime_test.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "stats/anytime/e_process.hpp"
#include "stats/anytime/evidence_process.hpp"
#include "stats/anytime/predictable_scale.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/interval.hpp"

namespace assay::stats {
namespace {

constexpr double kNotWorkedOut = std::numeric_limits<double>::quiet_NaN();
/// The number of null effects that are kept up to date. A resolution that changes from look to look would pile them up.
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

/// One evidence for both sides, as specified, unless a declared direction gave each side its own level.
EvidenceLimits limits_of(const SideLevels& alpha) {
  if (alpha.below_zero == alpha.above_zero) {
    const double limit = -std::log(alpha.below_zero + alpha.above_zero);
    return {.below = limit, .above = limit, .sides = EvidenceSides::together};
  }
  return {
      .below = -std::log(alpha.below_zero), .above = -std::log(alpha.above_zero), .sides = EvidenceSides::one_by_one};
}

/// Counts the pairs of effects whose average may lie beyond the margin, updated with each effect. The estimate is their
/// median, so it is worth computing only if half of them do. The count may be slightly too high but never too low.
class AveragesBeyond {
 public:
  explicit AveragesBeyond(double margin) : limit_(2 * margin * (1 - kHair)) {}

  /// \param sorted  all effects so far including the new one, ascending.
  void add(double effect, std::span<const double> sorted) {
    const auto below = std::ranges::upper_bound(sorted, -limit_ - effect) - sorted.begin();
    const auto above = sorted.end() - std::ranges::lower_bound(sorted, limit_ - effect);
    below_ += static_cast<double>(below);
    above_ += static_cast<double>(above);
    pairs_ += static_cast<double>(sorted.size());
  }

  [[nodiscard]] bool may_be_below() const { return !(2 * below_ < pairs_ - 1); }
  [[nodiscard]] bool may_be_above() const { return !(2 * above_ < pairs_ - 1); }

 private:
  static constexpr double kHair = 1e-6;
  double limit_;
  double below_ = 0;
  double above_ = 0;
  double pairs_ = 0;
};

}  // namespace

struct AnytimeTest::State {
  explicit State(const AnytimeDesign& given)
      : design(given),
        difference(limits_of(given.alpha)),
        equivalence_limit(-std::log(given.alpha_equivalence)),
        beyond(given.margin) {
    check(given);
  }

  void add(double effect) {
    const double of_effect = scale.next();
    scale.add(effect);
    effects.push_back(effect);
    beyond.add(effect, scale.sorted());
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

  /// What the evidence so far shows by itself. A larger resolution adds nothing to it.
  struct Claims {
    bool below_kappa_margin;
    bool above_kappa_margin;
    MarginFindings of_margin;
  };
  Claims claims(double resolution);
  [[nodiscard]] bool adds(const Claims& found) const;
  [[nodiscard]] double estimate_beyond_margin() const;
  Look look(const std::function<double()>& resolution);

  AnytimeDesign design;
  EvidenceLimits difference;
  double equivalence_limit;
  std::vector<double> effects;
  std::vector<double> scales;
  PredictableScale scale;
  AveragesBeyond beyond;
  EvidenceProcess against_zero{0};
  double highest = 0;  ///< ln of the largest evidence against 0
  std::map<double, EvidenceProcess> watched;
  Look last;  ///< including everything that has been shown for good
};

AnytimeTest::State::Claims AnytimeTest::State::claims(double resolution) {
  const double least = design.kappa * design.margin + resolution;
  const double within = design.margin - resolution;
  return {.below_kappa_margin = lies_below(-least),
          .above_kappa_margin = lies_above(least),
          .of_margin = {.not_above = against(within).log_one_sided_below() >= equivalence_limit,
                        .not_below = against(-within).log_one_sided_above() >= equivalence_limit,
                        .beyond = lies_above(design.margin + resolution)}};
}

/// Combines what was shown for good with what holds only at this look.
bool AnytimeTest::State::adds(const Claims& found) const {
  const MarginFindings& of_margin = found.of_margin;
  return (found.below_kappa_margin && !last.below_kappa_margin) ||
         (found.above_kappa_margin && !last.above_kappa_margin) || (of_margin.not_above && !last.not_above_margin) ||
         (of_margin.not_below && !last.not_below_margin) || (of_margin.not_above && of_margin.not_below) ||
         of_margin.beyond;
}

Look AnytimeTest::State::look(const std::function<double()>& resolution) {
  last.blocks = static_cast<int>(effects.size());
  last.repeated = last.equivalence = kUnbounded;
  last.below_zero |= lies_below(0);
  last.above_zero |= lies_above(0);
  Claims found = claims(0);
  if (adds(found)) {
    if (const double coarseness = resolution(); coarseness > 0) found = claims(coarseness);
  }
  last.below_kappa_margin |= found.below_kappa_margin;
  last.above_kappa_margin |= found.above_kappa_margin;
  last.note(found.of_margin);
  last.estimate = estimate_beyond_margin();
  return last;
}

/// The part of the estimate that a verdict needs, without computing the estimate at every look.
double AnytimeTest::State::estimate_beyond_margin() const {
  const bool may_be_below = last.below_kappa_margin && beyond.may_be_below();
  const bool may_be_above = last.above_kappa_margin && beyond.may_be_above();
  return may_be_below || may_be_above ? WalshAverages(effects).median() : kNotWorkedOut;
}

AnytimeTest::AnytimeTest(const AnytimeDesign& design) : state_(std::make_unique<State>(design)) {}
AnytimeTest::~AnytimeTest() = default;
AnytimeTest::AnytimeTest(AnytimeTest&&) noexcept = default;
AnytimeTest& AnytimeTest::operator=(AnytimeTest&&) noexcept = default;

Look AnytimeTest::look(std::span<const double> effects, double resolution) {
  ASSAY_ASSERT(!effects.empty() && effects.size() >= state_->effects.size());
  return look_further(effects.subspan(state_->effects.size()), [resolution] { return resolution; });
}

Look AnytimeTest::look_further(std::span<const double> fresh, const std::function<double()>& resolution) {
  for (const double effect : fresh) state_->add(effect);
  ASSAY_ASSERT(!state_->effects.empty());
  return state_->look(resolution);
}

Look AnytimeTest::completed(Look look, double resolution, Stability stability) const {
  const double limit = state_->equivalence_limit;
  const EvidenceLimits of_equivalence{.below = limit, .above = limit, .sides = EvidenceSides::one_by_one};
  const auto sequence = [this](const EvidenceLimits& limits, IntervalScope scope) {
    return confidence_sequence(state_->effects, state_->scales, limits, scope);
  };
  const Interval difference = sequence(state_->difference, IntervalScope::this_look);
  const Interval equivalence = sequence(of_equivalence, IntervalScope::this_look);
  look.estimate = WalshAverages(state_->effects).median();
  look.repeated = widened(difference, resolution);
  look.equivalence = widened(equivalence, resolution);
  if (state_->design.intervals == IntervalScope::this_look) return look;

  const Interval narrowed = sequence(state_->difference, IntervalScope::all_looks);
  const PrintedInterval printed = printed_interval(narrowed, difference, look.estimate, stability);
  const PrintedInterval printed_equivalence =
      printed_interval(sequence(of_equivalence, IntervalScope::all_looks), equivalence, look.estimate, stability);
  look.repeated = widened(printed.interval, resolution);
  look.equivalence = widened(printed_equivalence.interval, resolution);
  look.falls_back = printed.falls_back || printed_equivalence.falls_back;
  look.read_off(state_->design.kappa * state_->design.margin, state_->design.margin, widened(narrowed, resolution));
  return look;
}

double AnytimeTest::p_value() const {
  return std::max(std::exp(-state_->highest), kSmallest);
}

}  // namespace assay::stats
