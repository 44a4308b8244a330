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
  std::uint64_t arrangements = 0;  ///< enumerated, or drawn
};

/// Sign-flip test of paired differences; the statistic is their sum.
///
/// Null hypothesis: in each block the order of the arms was drawn by a fair coin and did not matter, so that each
/// difference could as well have had the other sign. Enumerated up to 20 differences other than 0, else drawn, with
/// p = (1 + as extreme) / (1 + drawn).
/// Source: Fisher (1935), The Design of Experiments; Phipson and Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9(1):39.
/// \throws Error where a difference is not finite or `how` is out of range (as for bca_mean).
[[nodiscard]] PermutationTest sign_flip_test(std::span<const double> differences, Alternative alternative,
                                             const Resampling& how);

/// Permutation test of two unpaired samples; the statistic is mean(treatment) - mean(control).
///
/// Null hypothesis: which value belongs to which arm was drawn completely at random and did not matter. Enumerated up
/// to 2^20 divisions, else drawn. \throws Error where a sample is empty, a value is not finite or `how` is out of
/// range.
[[nodiscard]] PermutationTest two_sample_permutation_test(const TwoSamples& samples, Alternative alternative,
                                                          const Resampling& how);

}  // namespace assay::stats
