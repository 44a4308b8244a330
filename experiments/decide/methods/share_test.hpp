#pragma once

#include <span>
#include <vector>

#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/methods/method.hpp"
#include "stats/sequential/sequential_share.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

[[nodiscard]] DiscordantCounts discordant_counts(std::span<const double> oriented);

/// Everything that fixes the test of a yes or no per trial before its first look.
struct ShareTestDesign {
  TestLevels levels;
  double kappa = 0.5;
  double margin = 0;  ///< of the difference of the shares, above 0
  std::vector<int> looks;
  ShareInterval interval = ShareInterval::two_bounds;
};

/// The shares of each level that may have been used up by a look.
struct SpentShares {
  double of_bounds = 0;      ///< by the bounds of the discordant shares
  double of_difference = 0;  ///< by the test of the difference
};

/// Compares how often trials do badly (docs/methods/proportions.md): the estimate is the difference of the shares, its
/// interval is that of a sequential test of this difference (rules 1: of exact sequential bounds of the two discordant
/// shares), and not worse by the margin is shown by the bound of the share of blocks in which treatment alone does
/// worse. The interval excludes 0 exactly if the signs have shown a difference.
class ShareTest {
 public:
  explicit ShareTest(ShareTestDesign design);

  /// \param sign_look  the look of the sequential test of the effects' signs, which shows whether there is a
  /// difference.
  stats::Look look(const DiscordantCounts& counts, const stats::Look& sign_look, const SpentShares& spent);

  /// The counts at the last look. There was one.
  [[nodiscard]] const DiscordantCounts& counts() const { return counts_.back(); }
  /// The share of each level that may have been used up by the last look. There was one.
  [[nodiscard]] double spent() const;

 private:
  [[nodiscard]] Interval interval_of_bounds() const;
  [[nodiscard]] Interval interval_of_difference() const;
  void claim_by_bounds(const stats::Look& sign_look);
  void claim_by_difference(const stats::Look& sign_look);
  /// The looks so far at one of the two counts.
  [[nodiscard]] std::vector<stats::CountLook> looks_at(int DiscordantCounts::*count, double level) const;

  ShareTestDesign design_;
  std::vector<DiscordantCounts> counts_;  ///< at each look
  std::vector<SpentShares> spent_;        ///< by each look
  stats::RunningInterval running_{stats::IntervalScope::all_looks};
  stats::Look last_;  ///< with all that has been shown for good
};

}  // namespace assay::decide
