#pragma once

#include "core/interval.hpp"
#include "stats/distributions.hpp"
#include "stats/hypothesis_test.hpp"

namespace assay::stats {

/// Blocks in which the arms differ: exactly one of the two trials has the property (say, failed).
struct DiscordantBlocks {
  int only_control = 0;
  int only_treatment = 0;
};

/// Clopper-Pearson interval of a probability. Its coverage is never below `confidence`.
/// Source: Clopper and Pearson (1934), Biometrika 26(4):404-413. See docs/methods/proportions.md.
/// \throws Error unless 0 <= count <= trials, trials >= 1 and 0 < confidence < 1.
[[nodiscard]] Interval clopper_pearson_interval(Share share, double confidence);
/// One-sided bound: with `confidence` the probability is below it. \throws Error as above.
[[nodiscard]] double clopper_pearson_upper(Share share, double confidence);
/// One-sided bound: with `confidence` the probability is above it. \throws Error as above.
[[nodiscard]] double clopper_pearson_lower(Share share, double confidence);

/// Numbers of effects by sign. The caller leaves out zeros.
struct Signs {
  int positives = 0;
  int negatives = 0;
};

/// Exact sign test: whether positives are as likely as negatives. `greater` asks whether they are more likely. The
/// result is 1 if there are no signs. \throws Error if a count is negative.
[[nodiscard]] double sign_test(Signs signs, Alternative alternative);

/// Exact McNemar test: whether the property is as frequent in both arms, using only the discordant blocks. `greater`
/// asks whether it is more frequent in treatment. The result is 1 if no block is discordant. \throws Error as above.
/// Source: McNemar (1947), Psychometrika 12(2):153-157, with the exact binomial tail.
[[nodiscard]] double mcnemar_test(DiscordantBlocks blocks, Alternative alternative);

/// Shares of two unpaired arms.
struct TwoShares {
  Share treatment;
  Share control;
};

/// Fisher's exact test of two unpaired shares. `greater` asks whether the probability in treatment is greater.
/// Two-sided, it sums all tables that are no likelier than the observed one, as in R and SciPy. Cost: O(trials).
/// Source: Fisher (1935), J. Royal Statistical Society 98(1):39-82.
/// \throws Error unless both shares have 0 <= count <= trials and trials >= 1.
[[nodiscard]] double fisher_exact_test(const TwoShares& shares, Alternative alternative);

/// Boschloo's test of two unpaired shares: unconditional, exact, and never weaker than Fisher's. Two-sided, it is twice
/// the smaller one-sided p-value, as in SciPy. Cost: O(1000 * trials), and O(trials log trials) calls of Fisher's test.
/// Source: Boschloo (1970), Statistica Neerlandica 24(1):1-35. \throws Error as above.
[[nodiscard]] double boschloo_test(const TwoShares& shares, Alternative alternative);

/// Interval of the difference of two unpaired shares, treatment - control. It is exact: it combines the Clopper-Pearson
/// intervals of both at the square root of the confidence, which hold jointly because the arms are independent.
/// \throws Error as above, and unless 0 < confidence < 1.
[[nodiscard]] Interval share_difference_interval(const TwoShares& shares, double confidence);

}  // namespace assay::stats
