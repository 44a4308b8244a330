#pragma once

namespace assay::stats {

/// What is known of an effect after some of its blocks, and one value that it may truly have. All in the unit of the
/// effects.
struct Outlook {
  double estimate = 0;
  int blocks = 0;     ///< that it rests on, above 0
  double tau = 0;     ///< noise of one block, above 0
  double effect = 0;  ///< the true one
};

// The chance that the estimate after more blocks lies below, above, or nearer to 0 than a limit. The estimate is taken
// as a mean: (n estimate + sum of the blocks to come) / m, and those blocks as normal with deviation tau (conditional
// power: Lan, Simon and Halperin 1982, Communications in Statistics C 1(3):207-219). \param later  number of blocks
// then, more than there are now.
[[nodiscard]] double chance_below(const Outlook& now, int later, double limit);
[[nodiscard]] double chance_above(const Outlook& now, int later, double limit);
[[nodiscard]] double chance_within(const Outlook& now, int later, double limit);

}  // namespace assay::stats
