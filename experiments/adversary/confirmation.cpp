#include "experiments/adversary/confirmation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "core/challenge.hpp"
#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/adversary/grading.hpp"
#include "experiments/decide/challenge/better_effects.hpp"
#include "experiments/decide/challenge/claim_grader.hpp"
#include "experiments/decide/challenge/running_bounds.hpp"
#include "stats/parallel.hpp"
#include "stats/sequential/looks.hpp"

namespace assay::adversary {
namespace {

/// Few enough to be quick, and enough that a boundary at 2 % spends its error in steps of a fortieth.
constexpr int kSignVectors = 1999;
/// Control, treatment, and if a change is planted, control again and control with the change.
constexpr std::size_t kArms = 4;

/// The logarithms of one arm's trials, one a block.
using ArmValues = std::vector<double>;

/// One challenge's blocks.
struct DrawnBlocks {
  std::vector<ArmValues> arms;
  double better = -1;  ///< 1 if higher values are better

  /// Above 0: the arm is better than control.
  [[nodiscard]] std::vector<double> effects(std::size_t arm) const {
    std::vector<double> differences;
    for (std::size_t block = 0; block < arms[kControl].size(); ++block) {
      differences.push_back(better * (arms[arm][block] - arms[kControl][block]));
    }
    return differences;
  }
};

/// The arms of each block in the order in which they run.
std::vector<std::size_t> drawn_order(std::size_t blocks, std::size_t arms, Generator coins) {
  std::vector<std::size_t> order;
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t first = order.size();
    for (std::size_t arm = 0; arm < arms; ++arm) {
      const std::uint64_t place = arm == 0 ? 0 : coins.below(arm + 1);
      order.insert(order.begin() + static_cast<std::ptrdiff_t>(first + place), arms - 1 - arm);
    }
  }
  return order;
}

DrawnBlocks drawn_blocks(const ChallengePlay& play, Seed seed) {
  const std::size_t arms = play.planted_percent > 0 ? kArms : 2;
  const auto blocks = static_cast<std::size_t>(play.cap);
  const std::vector<std::size_t> order = drawn_order(blocks, arms, seed.stream(Stream::order));
  const double planted = 1 / (1 + play.planted_percent / 100);
  std::vector<double> factors;
  for (const std::size_t arm : order) {
    const double ratio = arm == decide::kClaimedTreatment ? play.truth : arm == kControlDelayed ? planted : 1;
    factors.push_back(better_ratio(ratio, play.direction));
  }
  Generator generator = seed.stream(Stream::simulation);
  const std::vector<double> values = play.noise(factors, generator);
  DrawnBlocks drawn{.arms = std::vector<ArmValues>(arms), .better = play.direction == Direction::lower ? -1.0 : 1.0};
  for (std::size_t trial = 0; trial < order.size(); ++trial)
    drawn.arms[order[trial]].push_back(std::log(values[trial]));
  return drawn;
}

/// The step that the first blocks of control and this arm show.
double step_in(const DrawnBlocks& drawn, std::size_t arm, int blocks) {
  const auto first = [blocks](const std::vector<double>& values) {
    return std::span(values).first(static_cast<std::size_t>(blocks));
  };
  return decide::effect_step(first(drawn.arms[kControl]), first(drawn.arms[arm]));
}

struct GradedChallenge {
  Grade grade = Grade::inconclusive;
  int blocks = 0;
};

/// Whether the planted change was found, look by look.
class PlantedChange {
 public:
  PlantedChange(const DrawnBlocks& drawn, decide::RunningBounds bounds)
      : drawn_(drawn), effects_(drawn.effects(kControlDelayed)), bounds_(std::move(bounds)) {}

  [[nodiscard]] bool found_at(int blocks) {
    bounds_.look(effects_, step_in(drawn_, kControlDelayed, blocks));
    return bounds_.bounds().high < 0;
  }

 private:
  const DrawnBlocks& drawn_;
  std::vector<double> effects_;
  decide::RunningBounds bounds_;
};

GradedChallenge play_one(const ChallengePlay& play, int number) {
  const Seed seed = play.seed.derive(Stream::trials, static_cast<std::uint64_t>(number));
  const DrawnBlocks drawn = drawn_blocks(play, seed);
  const std::vector<double> effects = drawn.effects(decide::kClaimedTreatment);
  const auto bounds_at = [&](double alpha) {
    return decide::RunningBounds(
        {.looks = stats::look_schedule({.cap = play.cap}), .alpha = alpha, .seed = seed, .sign_vectors = kSignVectors});
  };
  decide::RunningBounds running = bounds_at(play.alpha);
  decide::RunningBounds refuting = bounds_at(kRefutingShare * play.alpha);
  std::optional<PlantedChange> planted;
  if (play.planted_percent > 0) planted.emplace(drawn, bounds_at(kAlphaOfPlanted));
  GradedChallenge graded;
  while (const std::optional<int> next = running.next_look()) {
    const double step = step_in(drawn, decide::kClaimedTreatment, *next);
    running.look(effects, step);
    refuting.look(effects, step);
    graded.blocks = *next;
    const Moment moment = running.next_look() ? Moment::at_look : Moment::at_cap;
    const Interval ratio{std::exp(running.bounds().low), std::exp(running.bounds().high)};
    const RatioBounds bounds{ratio, std::exp(refuting.bounds().high)};
    graded.grade = play.not_worse_percent ? grade_not_worse(*play.not_worse_percent, ratio)
                                          : grade_ratio(play.claimed, bounds, moment);
    const bool is_sensitive = !planted || planted->found_at(*next);
    if (graded.grade == Grade::refuted && !is_sensitive) graded.grade = Grade::inconclusive;
    if (graded.grade != Grade::inconclusive) break;
  }
  return graded;
}

}  // namespace

GradeShares play_challenges(const ChallengePlay& play, const ChallengeCount& count) {
  ASSAY_ASSERT((play.claimed > 1 || play.not_worse_percent) && play.truth > 0 && count.challenges > 0);
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
