#include "experiments/planning/simulation/trace.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::planning {
namespace {

using Group = std::vector<double>;

/// Places where a window of so many values may begin; of a short group as many as it has values, as its weight.
std::size_t starts_in(const Group& group, std::size_t trials) {
  return group.size() >= trials ? group.size() - trials + 1 : group.size();
}

void check(const Trace& trace) {
  for (const Group& group : trace.groups) {
    for (const double value : group) {
      if (value > 0 && std::isfinite(value)) continue;
      throw Error(fmt::format("a trace holds {}: expected values above 0, since arms are compared as a ratio", value));
    }
  }
  const bool has_pair =
      std::any_of(trace.groups.begin(), trace.groups.end(), [](const Group& group) { return group.size() >= 2; });
  if (!has_pair) throw Error("a trace has no two consecutive values: a block takes two");
}

std::vector<double> window(const Group& group, std::size_t start, std::span<const double> factors) {
  std::vector<double> values(factors.begin(), factors.end());
  for (std::size_t trial = 0; trial < values.size(); ++trial) values[trial] *= group[start + trial];
  return values;
}

/// Two consecutive values for each block: going round a short group would repeat the very same blocks.
std::vector<double> scattered_blocks(const Group& group, std::span<const double> factors, Generator& generator) {
  std::vector<double> values(factors.begin(), factors.end());
  std::size_t start = 0;
  for (std::size_t trial = 0; trial < values.size(); ++trial) {
    if (trial % 2 == 0) start = generator.below(group.size() - 1);
    values[trial] *= group[start + trial % 2];
  }
  return values;
}

}  // namespace

Noise trace_noise(Trace trace) {
  check(trace);
  std::erase_if(trace.groups, [](const Group& group) { return group.size() < 2; });
  const auto shared = std::make_shared<const Trace>(std::move(trace));
  return [shared](std::span<const double> factors, Generator& generator) {
    std::size_t starts = 0;
    for (const Group& group : shared->groups) starts += starts_in(group, factors.size());
    std::size_t start = generator.below(starts);
    const Group* group = shared->groups.data();
    for (; start >= starts_in(*group, factors.size()); ++group) start -= starts_in(*group, factors.size());
    if (group->size() < factors.size()) return scattered_blocks(*group, factors, generator);
    return window(*group, start, factors);
  };
}

bool is_short(const Trace& trace, std::size_t trials) {
  return std::any_of(trace.groups.begin(), trace.groups.end(),
                     [trials](const Group& group) { return group.size() >= 2 && group.size() < trials; });
}

}  // namespace assay::planning
