#include "experiments/adversary/suspicion/sample_marks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "experiments/adversary/suspicion/repeats.hpp"
#include "stats/distributions.hpp"

namespace assay::adversary {
namespace {

constexpr std::size_t kLeastValues = 8;

/// Adds a mark if chance shows it seldom enough.
void add_unlikely(Suspicion suspicion, std::vector<Suspicion>& marks) {
  if (*suspicion.chance <= kSuspiciousChance) marks.push_back(std::move(suspicion));
}

/// The wall times of one arm in one cell, in the order in which they were measured.
std::vector<std::int64_t> walls_of(const Record& record, std::size_t cell, ArmIndex arm) {
  std::vector<std::int64_t> walls;
  for (const Block& block : record.blocks) {
    if (block.cell != cell) continue;
    for (const Trial& trial : block.trials) {
      if (trial.arm == arm && is_measured(trial.outcome)) walls.push_back(trial.usage.wall.count());
    }
  }
  return walls;
}

/// The wall time of the first measured trial of an arm in a block.
std::optional<double> wall_in(const Block& block, ArmIndex arm) {
  for (const Trial& trial : block.trials) {
    if (trial.arm == arm && is_measured(trial.outcome)) return static_cast<double>(trial.usage.wall.count());
  }
  return std::nullopt;
}

/// In how many groups of values the same is looked for: the chance of each counts so many times.
int groups_of(const Record& record) {
  return static_cast<int>(cells(record.plan).size() * arm_count(record.plan));
}

void find_repeats(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  for (std::size_t cell = 0; cell < cells(record.plan).size(); ++cell) {
    for (ArmIndex arm = 0; arm < arm_count(record.plan); ++arm) {
      const Repeats repeats = repeats_in(distances_within(walls_of(record, cell, arm)));
      if (repeats.pairs == 0) continue;
      add_unlikely(
          {name, Mark::repeated_samples,
           fmt::format("{} pairs of trials of {} in {} took the same time to the nanosecond", repeats.pairs,
                       record.plan.variable.levels[arm].label, cell_name(record.plan, cells(record.plan)[cell])),
           std::min(1.0, repeats.chance * groups_of(record))},
          marks);
    }
  }
}

/// The logarithm of treatment / control in each block, and the shortest of the times.
struct Ratios {
  std::vector<double> logarithms;
  double shortest_ns = std::numeric_limits<double>::infinity();
};
Ratios ratios_of(const Record& record, std::size_t cell, ArmIndex treatment) {
  Ratios ratios;
  for (const Block& block : record.blocks) {
    const auto control = wall_in(block, kControl);
    const auto other = wall_in(block, treatment);
    if (block.cell != cell || !control || !other || *control <= 0 || *other <= 0) continue;
    ratios.logarithms.push_back(std::log(*other / *control));
    ratios.shortest_ns = std::min({ratios.shortest_ns, *control, *other});
  }
  return ratios;
}

/// In steps of what the rounding of all four times to nanoseconds can do to the distance of two ratios. It is the
/// distance that is rounded: ratios rounded one by one would fall to both sides of a step's edge.
Distances distances_of(const Ratios& ratios) {
  const std::vector<double>& values = ratios.logarithms;
  Distances distances;
  for (std::size_t one = 0; one < values.size(); ++one) {
    for (std::size_t other = one + 1; other < values.size(); ++other) {
      distances.of_pairs.push_back(std::llround(std::abs(values[one] - values[other]) * ratios.shortest_ns / 4));
    }
  }
  return distances;
}

void find_multiples(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  for (std::size_t cell = 0; cell < cells(record.plan).size(); ++cell) {
    for (ArmIndex arm = 1; arm < arm_count(record.plan); ++arm) {
      const Ratios ratios = ratios_of(record, cell, arm);
      if (ratios.logarithms.size() < kLeastValues) continue;
      const Repeats repeats = repeats_in(distances_of(ratios));
      // A clock whose steps are long makes equal ratios of equal times, which are looked for above.
      if (repeats.pairs < static_cast<int>(ratios.logarithms.size())) continue;
      add_unlikely({name, Mark::repeated_samples,
                    fmt::format("the times of {} are those of control times a constant in {} pairs of blocks",
                                record.plan.variable.levels[arm].label, repeats.pairs),
                    std::min(1.0, repeats.chance * groups_of(record))},
                   marks);
    }
  }
}

std::int64_t common_divisor(const std::vector<std::int64_t>& values) {
  std::int64_t divisor = 0;
  for (const std::int64_t value : values) divisor = std::gcd(divisor, value);
  return divisor;
}

void find_rounding(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  const std::vector<std::int64_t> walls = measured_walls(record);
  if (walls.size() < kLeastValues) return;
  const std::int64_t step = common_divisor(walls);
  std::vector<std::int64_t> starts;
  for (const Block& block : record.blocks) starts.push_back(block.started_ns);
  // The start times come from the same hardware: if they are as coarse, so is the clock.
  if (step <= 1 || common_divisor(starts) % step == 0) return;
  const double chance = std::pow(static_cast<double>(step), 1 - static_cast<double>(walls.size()));
  add_unlikely({name, Mark::rounded_samples,
                fmt::format("all {} wall times are multiples of {}, and the clock that gave the start times is finer",
                            walls.size(), format_duration(nanoseconds(step))),
                std::max(chance, 1e-300)},
               marks);
}

/// The share of the kept values of an arm that are below this one; halves for equal ones.
std::optional<double> rank_among(const std::vector<std::int64_t>& kept, std::int64_t value) {
  if (kept.empty()) return std::nullopt;
  double below = 0.5;
  for (const std::int64_t other : kept) below += other < value ? 1 : (other == value ? 0.5 : 0);
  return below / (static_cast<double>(kept.size()) + 1);
}

/// What the trials of void blocks took, against those of blocks that count: 1 speaks for treatment, 0 for control.
std::vector<double> ranks_of_voids(const Record& record) {
  std::vector<double> ranks;
  Record kept = record;
  std::erase_if(kept.blocks, [](const Block& block) { return is_void(block); });
  for (const Block& block : record.blocks) {
    if (!is_void(block)) continue;
    for (const Trial& trial : block.trials) {
      if (trial.usage.wall.count() <= 0) continue;
      const auto rank = rank_among(walls_of(kept, block.cell, trial.arm), trial.usage.wall.count());
      if (rank) ranks.push_back(trial.arm == kControl ? 1 - *rank : *rank);
    }
  }
  return ranks;
}

/// Whether void blocks are those in which treatment was slow and control fast. The mean of uniform ranks is nearly
/// normal, and its tails are lighter, so the chance is not understated.
void find_uneven_values(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  const std::vector<double> ranks = ranks_of_voids(record);
  if (ranks.size() < 3) return;
  const auto count = static_cast<double>(ranks.size());
  const double mean = std::accumulate(ranks.begin(), ranks.end(), 0.0) / count;
  const double chance = stats::normal_upper_tail((mean - 0.5) * std::sqrt(12 * count));
  add_unlikely({name, Mark::uneven_voids,
                fmt::format("the {} trials of void blocks speak against treatment more than those of blocks that count",
                            ranks.size()),
                chance},
               marks);
}

/// Whether the trial that made a block void was nearly always of the same arm.
void find_uneven_arms(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  if (arm_count(record.plan) != 2) return;
  stats::Share treatment;
  for (const Block& block : record.blocks) {
    for (const Trial& trial : block.trials) {
      if (!is_infrastructure_failure(trial.outcome)) continue;
      ++treatment.trials;
      treatment.count += trial.arm == kControl ? 0 : 1;
    }
  }
  if (treatment.trials == 0) return;
  const stats::Share larger{std::max(treatment.count, treatment.trials - treatment.count), treatment.trials};
  add_unlikely(
      {name, Mark::uneven_voids,
       fmt::format("of {} blocks that were voided, {} were by a trial of the same arm", larger.trials, larger.count),
       std::min(1.0, 2 * stats::fair_coin_upper_tail(larger))},
      marks);
}

}  // namespace

std::vector<std::int64_t> measured_walls(const Record& record) {
  std::vector<std::int64_t> walls;
  for (const Block& block : record.blocks) {
    for (const Trial& trial : block.trials) {
      if (is_measured(trial.outcome)) walls.push_back(trial.usage.wall.count());
    }
  }
  return walls;
}

std::vector<Suspicion> sample_marks(const Record& record, const std::string& name) {
  std::vector<Suspicion> marks;
  if (record.plan.simulation || record.plan.order != OrderSource::drawn) return marks;
  find_repeats(record, name, marks);
  find_multiples(record, name, marks);
  find_rounding(record, name, marks);
  find_uneven_values(record, name, marks);
  find_uneven_arms(record, name, marks);
  return marks;
}

}  // namespace assay::adversary
