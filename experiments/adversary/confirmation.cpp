#include "experiments/adversary/confirmation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "core/assert.hpp"
#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/adversary/grading.hpp"
#include "experiments/decide/challenge/better_effects.hpp"
#include "experiments/decide/challenge/running_bounds.hpp"
#include "stats/parallel.hpp"
#include "stats/sequential/looks.hpp"

namespace assay::adversary {
namespace {

/// Few enough to be quick, and enough that a boundary at 2 % spends its error in steps of a fortieth.
constexpr int kSignVectors = 1999;
constexpr std::size_t kTrialsPerBlock = 2;

/// One challenge's blocks, in logarithms.
struct DrawnBlocks {
  std::vector<double> control;
  std::vector<double> treatment;
  std::vector<double> effects;  ///< above 0 is better
};

DrawnBlocks drawn_blocks(const ChallengePlay& play, Seed seed) {
  const auto blocks = static_cast<std::size_t>(play.cap);
  Generator coins = seed.stream(Stream::order);
  std::vector<bool> control_first(blocks);
  for (std::size_t block = 0; block < blocks; ++block) control_first[block] = coins.below(2) == 0;
  const double treatment = better_ratio(play.truth, play.direction);
  std::vector<double> factors;
  for (const bool first : control_first) {
    factors.push_back(first ? 1 : treatment);
    factors.push_back(first ? treatment : 1);
  }
  Generator generator = seed.stream(Stream::simulation);
  const std::vector<double> values = play.noise(factors, generator);
  const double better = play.direction == Direction::lower ? -1 : 1;
  DrawnBlocks drawn;
  for (std::size_t block = 0; block < blocks; ++block) {
    const double first = std::log(values[kTrialsPerBlock * block]);
    const double second = std::log(values[kTrialsPerBlock * block + 1]);
    drawn.control.push_back(control_first[block] ? first : second);
    drawn.treatment.push_back(control_first[block] ? second : first);
    drawn.effects.push_back(better * (drawn.treatment.back() - drawn.control.back()));
  }
  return drawn;
}

/// The step that the first blocks show.
double step_in(const DrawnBlocks& drawn, int blocks) {
  const auto first = [blocks](const std::vector<double>& values) {
    return std::span(values).first(static_cast<std::size_t>(blocks));
  };
  return decide::effect_step(first(drawn.control), first(drawn.treatment));
}

struct GradedChallenge {
  Grade grade = Grade::inconclusive;
  int blocks = 0;
};

GradedChallenge play_one(const ChallengePlay& play, int number) {
  const Seed seed = play.seed.derive(Stream::trials, static_cast<std::uint64_t>(number));
  const DrawnBlocks drawn = drawn_blocks(play, seed);
  const auto bounds_at = [&](double alpha) {
    return decide::RunningBounds(
        {.looks = stats::look_schedule({.cap = play.cap}), .alpha = alpha, .seed = seed, .sign_vectors = kSignVectors});
  };
  decide::RunningBounds running = bounds_at(play.alpha);
  decide::RunningBounds refuting = bounds_at(kRefutingShare * play.alpha);
  GradedChallenge graded;
  while (const std::optional<int> next = running.next_look()) {
    const double step = step_in(drawn, *next);
    running.look(drawn.effects, step);
    refuting.look(drawn.effects, step);
    graded.blocks = *next;
    const Moment moment = running.next_look() ? Moment::at_look : Moment::at_cap;
    const Interval ratio{std::exp(running.bounds().low), std::exp(running.bounds().high)};
    const RatioBounds bounds{ratio, std::exp(refuting.bounds().high)};
    graded.grade = grade_ratio(play.claimed, bounds, moment);
    if (graded.grade != Grade::inconclusive) break;
  }
  return graded;
}

}  // namespace

GradeShares play_challenges(const ChallengePlay& play, const ChallengeCount& count) {
  ASSAY_ASSERT(play.claimed > 1 && play.truth > 0 && count.challenges > 0);
  std::vector<GradedChallenge> played(static_cast<std::size_t>(count.challenges));
  stats::in_parallel(played.size(), count.threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t number = begin; number < end; ++number) {
      played[number] = play_one(play, static_cast<int>(number));
    }
  });
  const auto share_of = [&](Grade grade) {
    const auto graded =
        std::count_if(played.begin(), played.end(), [grade](const GradedChallenge& one) { return one.grade == grade; });
    return static_cast<double>(graded) / static_cast<double>(played.size());
  };
  GradeShares shares{.confirmed = share_of(Grade::confirmed),
                     .exaggerated = share_of(Grade::exaggerated),
                     .refuted = share_of(Grade::refuted),
                     .inconclusive = share_of(Grade::inconclusive)};
  for (const GradedChallenge& one : played) shares.mean_blocks += one.blocks / static_cast<double>(played.size());
  return shares;
}

std::optional<int> cap_to_confirm(ChallengePlay play, double share, const ChallengeCount& count) {
  constexpr std::array kCaps = {60, 90, 120, 180, 250, 350, 500};
  play.truth = play.claimed;
  const int least = play.cap;
  for (const int cap : kCaps) {
    if (cap < least) continue;
    play.cap = cap;
    if (play_challenges(play, count).confirmed >= share) return cap;
  }
  return std::nullopt;
}

}  // namespace assay::adversary
