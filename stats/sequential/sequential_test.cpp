#include "stats/sequential/sequential_test.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/interval.hpp"
#include "stats/ranks.hpp"
#include "stats/sequential/equivalence_sides.hpp"
#include "stats/sequential/sequential_side.hpp"
#include "stats/sequential/sign_vectors.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::stats {
namespace {

constexpr int kLargestCap = 40'000;  ///< up to it the sums of doubled ranks, n (n + 1), fit into 32 bits
constexpr int kMostSignVectors = 10'000'000;
/// The end of an interval that excludes 0 only just, where zeros or ties show the sign and nothing more.
constexpr double kBeyondZero = std::numeric_limits<double>::min();

void check_level(const char* name, double level) {
  if (level > 0 && level < 0.5) return;
  throw Error(fmt::format("{} {}: expected a number above 0 and below 0.5", name, level));
}

void check_looks(const std::vector<int>& looks) {
  if (looks.empty()) throw Error("looks: none given; expected one or more numbers of blocks");
  const auto unordered = std::adjacent_find(looks.begin(), looks.end(), std::greater_equal<>());
  if (unordered != looks.end()) {
    throw Error(fmt::format("looks at {} and then {} blocks: expected ascending numbers", *unordered, unordered[1]));
  }
  if (looks.front() < 1 || looks.back() > kLargestCap) {
    throw Error(fmt::format("looks from {} to {} blocks: expected 1 to {}", looks.front(), looks.back(), kLargestCap));
  }
}

void check(const SequentialDesign& design) {
  check_looks(design.looks);
  check_level("side level (below zero)", design.alpha.below_zero);
  check_level("side level (above zero)", design.alpha.above_zero);
  check_level("alpha of equivalence", design.alpha_equivalence);
  if (!(design.margin > 0) || !std::isfinite(design.margin)) {
    throw Error(fmt::format("margin {}: expected a number above 0", design.margin));
  }
  if (!(design.kappa >= 0 && design.kappa <= 1)) {
    throw Error(fmt::format("kappa {}: expected a number from 0 to 1", design.kappa));
  }
  if (design.sign_vectors < 1 || design.sign_vectors > kMostSignVectors) {
    throw Error(fmt::format("{} sign vectors: expected 1 to {}", design.sign_vectors, kMostSignVectors));
  }
}

void check(std::span<const double> effects, double resolution) {
  const auto bad = std::find_if(effects.begin(), effects.end(), [](double effect) { return std::isnan(effect); });
  if (bad != effects.end()) {
    throw Error(fmt::format("effect of block {} is not a number: expected a finite or infinite one",
                            bad - effects.begin() + 1));
  }
  if (!(resolution >= 0) || !std::isfinite(resolution)) {
    throw Error(fmt::format("resolution {}: expected a number of 0 or more", resolution));
  }
}

SequentialDesign checked(SequentialDesign design) {
  check(design);
  return design;
}

/// The part of a look that the p-value needs again. The sums of the vectors are cheap to recompute and too large to
/// keep for more than one look.
struct PastLook {
  std::vector<std::int32_t> scores;
  Occasion occasion;
};

EquivalenceDesign equivalence_design(const SequentialDesign& design) {
  return {
      .boundary = {.looks = design.looks, .level = design.alpha_equivalence, .spending = design.equivalence_spending},
      .margin = design.margin,
      .from = design.equivalence_boundary};
}

/// The critical values of one look for shifts other than 0, and what was crossed at 0.
struct LookOutcome {
  SideOutcome below;
  SideOutcome above;
  EquivalenceValues equivalence;
};

/// With zeros or ties the test at zero may know the sign when the boundary of the other shifts does not.
Interval reaching_zero(const LookOutcome& outcome, Interval interval) {
  if (outcome.above.crossed) interval.low = std::max(interval.low, 0.0);
  if (outcome.below.crossed) interval.high = std::min(interval.high, 0.0);
  return interval;
}

/// The same, but 0 is excluded exactly if the test at zero knows the sign, and the estimate is never excluded.
Interval agreeing_with(const LookOutcome& outcome, double estimate, Interval interval) {
  const bool is_above = outcome.above.crossed && estimate > 0;
  const bool is_below = outcome.below.crossed && estimate < 0;
  interval.low = is_above ? std::max(interval.low, kBeyondZero) : std::min(interval.low, 0.0);
  interval.high = is_below ? std::min(interval.high, -kBeyondZero) : std::max(interval.high, 0.0);
  return interval;
}

}  // namespace

void Look::note(const MarginFindings& found) {
  not_above_margin |= found.not_above;
  not_below_margin |= found.not_below;
  equivalent = found.not_above && found.not_below;
  beyond_margin = found.beyond;
}

void Look::read_off(double least, double margin, const Interval& narrowed) {
  below_zero = repeated.high < 0;
  above_zero = repeated.low > 0;
  below_kappa_margin = repeated.high < -least;
  above_kappa_margin = repeated.low > least;
  not_above_margin = equivalence.high < margin;
  not_below_margin = -margin < equivalence.low;
  equivalent = not_above_margin && not_below_margin;
  beyond_margin = margin < repeated.low;
  withdrawn =
      falls_back && ((narrowed.high < -least && !below_kappa_margin) || (least < narrowed.low && !above_kappa_margin));
}

struct SequentialTest::State {
  explicit State(SequentialDesign given)
      : design(checked(std::move(given))),
        shares(log_spending(design.looks, 1)),
        vectors({.seed = design.seed, .drawn = design.sign_vectors, .length = design.looks.back()}),
        running_difference(design.intervals),
        running_equivalence(design.intervals),
        below({.looks = design.looks, .level = design.alpha.below_zero}, count()),
        above({.looks = design.looks, .level = design.alpha.above_zero}, count()),
        equivalence_sides(equivalence_design(design), count()) {}

  [[nodiscard]] VectorCount count() const {
    return {.vectors = vectors.count(), .observed_included = vectors.enumerated()};
  }

  LookOutcome test(std::span<const double> effects, const Occasion& occasion);
  Look look(std::span<const double> effects, const Occasion& occasion, double resolution, Stability stability);
  void give_own(const Interval& repeated, const Interval& equivalence, const LookOutcome& outcome, double resolution);
  void give_running(const Interval& repeated, const Interval& equivalence, double resolution, Stability stability);
  double p_value();

  SequentialDesign design;
  std::vector<double> shares;  ///< shares of a level that may have been used up by each look
  SignVectors vectors;
  RunningInterval running_difference;
  RunningInterval running_equivalence;
  SequentialSide below;
  SequentialSide above;
  EquivalenceSides equivalence_sides;
  std::vector<PastLook> past;
  Look last;  ///< the latest look, with everything that has been shown for good
  bool crossed = false;
  bool closed = false;
  std::optional<double> p;  ///< p-value of the looks so far, once it was asked for
};

LookOutcome SequentialTest::State::test(std::span<const double> effects, const Occasion& occasion) {
  PrattScores scores = pratt_scores(effects);
  const double level = std::max(design.alpha.below_zero, design.alpha.above_zero) * occasion.spending_share;
  const RankedSums ranked = rank_sums(vectors.score_sums(scores.doubled), ranks_needed(count(), level));
  const SharedLook shared{.ranked = &ranked, .occasion = occasion, .plain = scores.zeros == 0 && !scores.tied};
  const LookOutcome outcome{.below = below.look(shared, static_cast<std::int32_t>(scores.doubled_negative)),
                            .above = above.look(shared, static_cast<std::int32_t>(scores.doubled_positive)),
                            .equivalence = equivalence_sides.look(effects, vectors, occasion)};
  past.push_back({.scores = std::move(scores.doubled), .occasion = occasion});
  p.reset();
  return outcome;
}

Look SequentialTest::State::look(std::span<const double> effects, const Occasion& occasion, double resolution,
                                 Stability stability) {
  check(effects, resolution);
  const LookOutcome outcome = test(effects, occasion);
  const WalshAverages averages(effects);
  last.blocks = occasion.blocks;
  last.estimate = averages.median();

  Interval repeated{.low = averages.lower_end(outcome.above.critical_value),
                    .high = averages.upper_end(outcome.below.critical_value)};
  const bool on_all_looks = design.intervals == IntervalScope::all_looks;
  repeated = on_all_looks ? agreeing_with(outcome, last.estimate, repeated) : reaching_zero(outcome, repeated);
  crossed = crossed || outcome.above.crossed || outcome.below.crossed;
  const Interval of_equivalence{averages.lower_end(outcome.equivalence.above_minus_margin),
                                averages.upper_end(outcome.equivalence.below_margin)};
  if (on_all_looks) {
    give_running(repeated, of_equivalence, resolution, stability);
  } else {
    give_own(repeated, of_equivalence, outcome, resolution);
  }
  return last;
}

/// What was shown at an earlier look stays shown.
void SequentialTest::State::give_own(const Interval& repeated, const Interval& equivalence, const LookOutcome& outcome,
                                     double resolution) {
  last.repeated = widened(repeated, resolution);
  last.equivalence = widened(equivalence, resolution);
  last.below_zero |= outcome.below.crossed;
  last.above_zero |= outcome.above.crossed;
  const double least = design.kappa * design.margin;
  const bool sign_is_enough = least == 0 && resolution == 0;
  last.below_kappa_margin |= last.repeated.high < -least || (sign_is_enough && outcome.below.crossed);
  last.above_kappa_margin |= last.repeated.low > least || (sign_is_enough && outcome.above.crossed);
  last.note({.not_above = last.equivalence.high < design.margin,
             .not_below = -design.margin < last.equivalence.low,
             .beyond = design.margin < last.repeated.low});
}

/// What was shown at an earlier look is in the intersection, and goes with it if the looks contradict each other.
void SequentialTest::State::give_running(const Interval& repeated, const Interval& equivalence, double resolution,
                                         Stability stability) {
  const PrintedInterval difference = running_difference.add(repeated, last.estimate, stability);
  const PrintedInterval of_equivalence = running_equivalence.add(equivalence, last.estimate, stability);
  last.repeated = widened(difference.interval, resolution);
  last.equivalence = widened(of_equivalence.interval, resolution);
  last.falls_back = difference.falls_back || of_equivalence.falls_back;
  last.read_off(design.kappa * design.margin, design.margin, widened(running_difference.intersection(), resolution));
}

double SequentialTest::State::p_value() {
  std::vector<RankedSums> ranked;
  ranked.reserve(past.size());
  std::vector<SharedLook> looks;
  for (const PastLook& look : past) {
    ranked.push_back(rank_sums(vectors.score_sums(look.scores)));
    looks.push_back({.ranked = &ranked.back(), .occasion = look.occasion});
  }
  const double smallest =
      std::min(below.smallest_crossed_level(looks).value_or(1), above.smallest_crossed_level(looks).value_or(1));
  return std::min(1.0, 2 * smallest);
}

SequentialTest::SequentialTest(SequentialDesign design) : state_(std::make_unique<State>(std::move(design))) {}
SequentialTest::~SequentialTest() = default;
SequentialTest::SequentialTest(SequentialTest&&) noexcept = default;
SequentialTest& SequentialTest::operator=(SequentialTest&&) noexcept = default;

std::optional<int> SequentialTest::next_look() const {
  if (state_->closed || state_->past.size() == state_->design.looks.size()) return std::nullopt;
  return state_->design.looks[state_->past.size()];
}

Look SequentialTest::look(std::span<const double> effects, double resolution, Stability stability) {
  const std::optional<int> blocks = next_look();
  ASSAY_ASSERT(blocks && effects.size() >= static_cast<std::size_t>(*blocks));
  const std::size_t index = state_->past.size();
  return state_->look(effects.first(static_cast<std::size_t>(*blocks)),
                      {.looks_before = index, .blocks = *blocks, .spending_share = state_->shares[index]}, resolution,
                      stability);
}

Look SequentialTest::final_look(std::span<const double> effects, double resolution, Stability stability) {
  ASSAY_ASSERT(next_look() && !effects.empty());
  ASSAY_ASSERT(effects.size() <= static_cast<std::size_t>(state_->design.looks.back()));
  const auto blocks = static_cast<int>(effects.size());
  ASSAY_ASSERT(blocks >= state_->last.blocks);
  const Look result = state_->look(
      effects, {.looks_before = state_->past.size(), .blocks = blocks, .scheduled = false, .spending_share = 1},
      resolution, stability);
  state_->closed = true;
  return result;
}

double SequentialTest::p_value() const {
  if (!state_->p) state_->p = state_->p_value();
  return *state_->p;
}

bool SequentialTest::crossed() const {
  return state_->crossed;
}

}  // namespace assay::stats
