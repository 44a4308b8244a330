#include "stats/sequential/sequential_share_difference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

/// Values of the walk less likely than this are dropped. All of them together stay far below any level.
constexpr double kNegligibleMass = 1e-18;
constexpr double kEndPrecision = 1e-9;

/// What one block does to the walk.
struct WalkStep {
  double up = 0;
  double down = 0;
};

/// The likeliest steps whose mean is `limit`, given the counts of the look.
WalkStep likeliest_step(const DiscordantLook& look, double limit) {
  const double agreeing = look.blocks - look.treatment_worse - look.control_worse;
  const auto slope = [&](double discordant) {
    const double worse = look.treatment_worse == 0 ? 0 : look.treatment_worse / (discordant + limit);
    const double better = look.control_worse == 0 ? 0 : look.control_worse / (discordant - limit);
    return worse + better - (agreeing == 0 ? 0 : agreeing / (1 - discordant));
  };
  double low = std::abs(limit);
  double high = 1;
  while (high - low > kEndPrecision) {
    const double middle = (low + high) / 2;
    (slope(middle) > 0 ? low : high) = middle;
  }
  const double discordant = std::max(low, std::abs(limit));
  return {.up = (discordant + limit) / 2, .down = (discordant - limit) / 2};
}

/// The distribution of the walk over the blocks, for the paths that have not crossed.
class UncrossedWalk {
 public:
  explicit UncrossedWalk(const WalkStep& step) : step_(step), mass_{1.0} {}

  void add_block() {
    const double stay = 1 - step_.up - step_.down;
    std::vector<double> next(mass_.size() + 2, 0.0);
    for (std::size_t place = 0; place < mass_.size(); ++place) {
      next[place] += mass_[place] * step_.down;
      next[place + 1] += mass_[place] * stay;
      next[place + 2] += mass_[place] * step_.up;
    }
    --lowest_;
    while (!next.empty() && next.back() < kNegligibleMass) next.pop_back();
    const auto kept = std::find_if(next.begin(), next.end(), [](double mass) { return mass >= kNegligibleMass; });
    lowest_ += static_cast<int>(kept - next.begin());
    mass_.assign(kept, next.end());
  }

  /// Lets the lowest values cross as far as `room` allows. \returns how much of it they used.
  double cross(double room) {
    double used = 0;
    std::size_t crossed = 0;
    while (crossed < mass_.size() && used + mass_[crossed] <= room) used += mass_[crossed++];
    mass_.erase(mass_.begin(), mass_.begin() + static_cast<std::ptrdiff_t>(crossed));
    lowest_ += static_cast<int>(crossed);
    return used;
  }

  /// The lowest value that has not crossed. If every kept value has, it lies beyond them all.
  [[nodiscard]] int lowest() const { return mass_.empty() ? std::numeric_limits<int>::max() : lowest_; }

 private:
  WalkStep step_;
  int lowest_ = 0;
  std::vector<double> mass_;  ///< probability of each value from `lowest_` on
};

std::vector<DiscordantLook> with_arms_swapped(std::span<const DiscordantLook> looks) {
  std::vector<DiscordantLook> others(looks.begin(), looks.end());
  for (DiscordantLook& look : others) std::swap(look.treatment_worse, look.control_worse);
  return others;
}

/// The smallest limit that the difference is shown to be below; 1 if there is none.
double upper_end(std::span<const DiscordantLook> looks, double level) {
  const DiscordantLook& last = looks.back();
  double below = static_cast<double>(last.treatment_worse - last.control_worse) / last.blocks;
  double above = 1;
  while (above - below > kEndPrecision) {
    const double middle = (below + above) / 2;
    (difference_shown_below(looks, {.limit = middle, .level = level}) ? above : below) = middle;
  }
  return above;
}

}  // namespace

bool difference_shown_below(std::span<const DiscordantLook> looks, const DifferenceLimit& claim) {
  ASSAY_ASSERT(!looks.empty() && claim.limit >= -1 && claim.limit <= 1);
  UncrossedWalk walk(likeliest_step(looks.back(), claim.limit));
  int blocks = 0;
  double used = 0;
  for (const DiscordantLook& look : looks) {
    for (; blocks < look.blocks; ++blocks) walk.add_block();
    used += walk.cross(claim.level * look.spending_share - used);
  }
  return looks.back().treatment_worse - looks.back().control_worse < walk.lowest();
}

Interval share_difference_interval(std::span<const DiscordantLook> looks, const SideLevels& levels) {
  return {.low = -upper_end(with_arms_swapped(looks), levels.above_zero), .high = upper_end(looks, levels.below_zero)};
}

}  // namespace assay::stats
