#include "stats/diagnosis/group_differences.hpp"

#include <algorithm>
#include <utility>

#include "core/assert.hpp"
#include "stats/ranks.hpp"

namespace assay::stats {
namespace {

constexpr int kPermutations = 1999;

/// The part of H that depends on how ranks are divided: sum over groups of (sum of ranks)^2 / size. Ranks are doubled,
/// so that the sums are whole numbers and equal divisions compare as equal.
double weight_of(const std::vector<double>& doubled_ranks, const std::vector<std::size_t>& groups,
                 const std::vector<double>& sizes) {
  std::vector<double> sums(sizes.size());
  for (std::size_t place = 0; place < groups.size(); ++place) sums[groups[place]] += doubled_ranks[place];
  double weight = 0;
  for (std::size_t group = 0; group < sizes.size(); ++group) {
    if (sizes[group] > 0) weight += sums[group] * sums[group] / sizes[group];
  }
  return weight;
}

/// H of Kruskal and Wallis with its correction for ties.
double statistic_of(double weight, double count, const MidRanks& ranks) {
  double tied = 0;
  for (const std::int64_t ties : ranks.ties) {
    const auto size = static_cast<double>(ties);
    tied += size * size * size - size;
  }
  const double correction = 1 - tied / (count * count * count - count);
  if (correction <= 0) return 0;
  const double rank_weight = weight / 4;  // of ranks that are not doubled
  return (12 / (count * (count + 1)) * rank_weight - 3 * (count + 1)) / correction;
}

}  // namespace

GroupDifferences group_differences(std::span<const double> values, const std::vector<std::size_t>& groups, Seed seed) {
  ASSAY_ASSERT(values.size() == groups.size() && values.size() > 1);
  const MidRanks ranks = mid_ranks(values);
  std::vector<double> doubled;
  for (const double rank : ranks.ranks) doubled.push_back(2 * rank);
  std::vector<double> sizes(*std::max_element(groups.begin(), groups.end()) + 1);
  for (const std::size_t group : groups) ++sizes[group];
  ASSAY_ASSERT(sizes.size() > 1);
  const double observed = weight_of(doubled, groups, sizes);
  constexpr double kRounding = 1e-9;  // sums of quotients, not all of them exact
  Generator generator = seed.stream(Stream::bootstrap, 0, 0);
  int as_large = 1;
  for (int permutation = 0; permutation < kPermutations; ++permutation) {
    for (std::size_t last = doubled.size() - 1; last > 0; --last) {
      std::swap(doubled[last], doubled[generator.below(last + 1)]);
    }
    if (weight_of(doubled, groups, sizes) >= observed * (1 - kRounding)) ++as_large;
  }
  return {statistic_of(observed, static_cast<double>(values.size()), ranks),
          static_cast<double>(as_large) / (kPermutations + 1)};
}

}  // namespace assay::stats
