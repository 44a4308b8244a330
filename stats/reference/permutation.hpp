#pragma once

#include <cstdint>
#include <span>

#include "stats/hypothesis_test.hpp"
#include "stats/reference/resampling.hpp"

namespace assay::stats {

struct PermutationTest {
  double statistic = 0;
  double p = 1;  ///< never 0
  bool exact = false;
  std::uint64_t arrangements = 0;  ///< number enumerated or drawn
};

/// Sign-flip test of paired differences. The statistic is their sum.
///
/// Null hypothesis: in each block a fair coin drew the order of the arms, and the order of the arms did not matter; so
/// each difference could equally well have had the other sign. The signs are enumerated for up to 20 non-zero
/// differences; otherwise they are drawn, and p = (1 + number as extreme) / (1 + number drawn).
/// Source: Fisher (1935), The Design of Experiments; Phipson and Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9(1):39.
/// \throws Error if a difference is not finite or `how` is out of range (as for bca_mean).
[[nodiscard]] PermutationTest sign_flip_test(std::span<const double> differences, Alternative alternative,
                                             const Resampling& how);

/// Permutation test of two unpaired samples. The statistic is mean(treatment) - mean(control).
///
/// Null hypothesis: which value belongs to which arm was drawn completely at random and did not matter. Up to 2^20
/// divisions are enumerated; otherwise they are drawn.
/// \throws Error if a sample is empty, a value is not finite or `how` is out of range.
[[nodiscard]] PermutationTest two_sample_permutation_test(const TwoSamples& samples, Alternative alternative,
                                                          const Resampling& how);

}  // namespace assay::stats
