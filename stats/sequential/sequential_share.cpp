#include "stats/sequential/sequential_share.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

/// Counts less likely than this are dropped. All of them together stay far below any level.
constexpr double kNegligible = 1e-25;
constexpr double kPrecision = 1e-9;

/// The distribution of the count over the blocks, for the paths that have not crossed the boundary.
class UncrossedCounts {
 public:
  /// \param most  larger counts are dropped: a count never falls, so none of them can cross below it.
  UncrossedCounts(double probability, int most) : probability_(probability), most_(most), mass_{1.0} {}

  void add_block() {
    mass_.push_back(0);
    for (std::size_t place = mass_.size() - 1; place > 0; --place) {
      mass_[place] = mass_[place] * (1 - probability_) + mass_[place - 1] * probability_;
    }
    mass_.front() *= 1 - probability_;
    while (!mass_.empty() && (lowest_ + static_cast<int>(mass_.size()) - 1 > most_ || mass_.back() < kNegligible)) {
      mass_.pop_back();
    }
    const auto kept = std::find_if(mass_.begin(), mass_.end(), [](double mass) { return mass >= kNegligible; });
    lowest_ += static_cast<int>(kept - mass_.begin());
    mass_.erase(mass_.begin(), kept);
  }

  /// Lets the lowest counts cross as far as `room` allows. \returns how much of it they used.
  double cross(double room) {
    double used = 0;
    std::size_t crossed = 0;
    while (crossed < mass_.size() && used + mass_[crossed] <= room) used += mass_[crossed++];
    mass_.erase(mass_.begin(), mass_.begin() + static_cast<std::ptrdiff_t>(crossed));
    lowest_ += static_cast<int>(crossed);
    return used;
  }

  /// The lowest count that has not crossed. If every kept count has crossed, it lies beyond them all.
  [[nodiscard]] int lowest() const { return mass_.empty() ? std::numeric_limits<int>::max() : lowest_; }

 private:
  double probability_;
  int most_;
  int lowest_ = 0;
  std::vector<double> mass_;  ///< probability of each count from `lowest_` on
};

/// The same looks at the blocks without the property.
std::vector<CountLook> complement(std::span<const CountLook> looks) {
  std::vector<CountLook> others(looks.begin(), looks.end());
  for (CountLook& look : others) look.count = look.blocks - look.count;
  return others;
}

}  // namespace

bool shown_below(std::span<const CountLook> looks, double limit) {
  ASSAY_ASSERT(!looks.empty() && limit > 0);
  if (limit >= 1) return limit > 1 || looks.back().count < looks.back().blocks;
  UncrossedCounts counts(limit, looks.back().count);
  int blocks = 0;
  double used = 0;
  for (const CountLook& look : looks) {
    for (; blocks < look.blocks; ++blocks) counts.add_block();
    used += counts.cross(look.spent - used);
    if (look.count < counts.lowest()) return true;
  }
  return false;
}

double sequential_upper_bound(std::span<const CountLook> looks) {
  if (!shown_below(looks, 1)) return 1;
  double below = 0;
  double above = 1;
  while (above - below > kPrecision) {
    const double middle = (below + above) / 2;
    (shown_below(looks, middle) ? above : below) = middle;
  }
  return above;
}

double sequential_lower_bound(std::span<const CountLook> looks) {
  return 1 - sequential_upper_bound(complement(looks));
}

int blocks_without_count(double limit, double level) {
  ASSAY_ASSERT(limit > 0 && limit < 1 && level > 0 && level < 1);
  const double blocks = std::ceil(std::log(level) / std::log1p(-limit));
  return blocks < std::numeric_limits<int>::max() ? static_cast<int>(blocks) : std::numeric_limits<int>::max();
}

}  // namespace assay::stats
