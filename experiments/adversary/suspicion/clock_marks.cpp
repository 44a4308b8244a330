#include "experiments/adversary/suspicion/clock_marks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace assay::adversary {
namespace {

constexpr double kSecond = 1e9;
/// Clocks are set now and then, but seldom twice during one attempt.
constexpr int kForgivenSteps = 1;
/// A clock that follows another one is adjusted by so much within a block.
constexpr std::int64_t kForgivenOverlap = 5'000'000;
constexpr std::int64_t kForgivenAge = 1'000'000'000;

std::int64_t end_of(const Record& record, const Block& block) {
  return block.started_ns + measuring_time(block, record.plan.protocol.design).count();
}

void find_overlaps(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  int overlaps = 0;
  for (std::size_t index = 1; index < record.blocks.size(); ++index) {
    if (ran_side_by_side(record.blocks[index - 1], record.blocks[index])) continue;
    if (record.blocks[index].started_ns < end_of(record, record.blocks[index - 1]) - kForgivenOverlap) ++overlaps;
  }
  if (overlaps <= kForgivenSteps) return;
  marks.push_back(
      {name, Mark::impossible_times,
       fmt::format("{} blocks started before the trials of the block before had taken their time", overlaps),
       std::nullopt});
}

std::int64_t outside_clock(const Block& block) {
  nanoseconds sum{0};
  for (const Trial& trial : block.trials) {
    sum += trial.outside.prepare + trial.outside.after + trial.outside.conclude + trial.outside.survived;
  }
  return sum.count();
}

/// Whether assay itself does nothing between two trials but start the next one.
bool is_plain(const Plan& plan) {
  if (plan.protocol.design == Design::duet) return false;
  return std::all_of(plan.states.begin(), plan.states.end(), [](const State& state) {
    return state.evict.empty() && state.prepare.empty() && state.conclude.empty() && state.prove.empty();
  });
}

/// The time between two blocks' starts that neither the trials nor what surrounds them took; in each block.
struct Unexplained {
  double seconds = 0;
  double measured_seconds = 0;
  double trials = 0;
  double crowding = 1;  ///< how many programs wanted to run for each CPU; at least 1
};

/// On a machine that does more than it has CPUs for, whatever assay does between two trials waits its turn, too.
double crowding_in(const Block& block, const Machine& machine) {
  double load = 0;
  for (const Trial& trial : block.trials) load = std::max(load, trial.strain.load.value_or(0));
  return std::max(1.0, load / std::max(1, machine.cpu_count));
}

std::vector<Unexplained> unexplained_times(const Record& record) {
  std::vector<Unexplained> times;
  for (std::size_t index = 1; index < record.blocks.size(); ++index) {
    const Block& block = record.blocks[index - 1];
    // Each cell is warmed up before its first block.
    if (block.cell != record.blocks[index].cell) continue;
    const double measured = static_cast<double>(measuring_time(block, record.plan.protocol.design).count());
    const double between = static_cast<double>(record.blocks[index].started_ns - block.started_ns);
    times.push_back({.seconds = (between - measured - static_cast<double>(outside_clock(block))) / kSecond,
                     .measured_seconds = measured / kSecond,
                     .trials = static_cast<double>(block.trials.size()),
                     .crowding = crowding_in(block, record.machine)});
  }
  return times;
}

/// Trials that were shortened afterwards leave a hole in the time of their block. The median forgives pauses.
void find_holes(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  constexpr double kAllowedShare = 0.2;
  constexpr double kAllowedSeconds = 0.1;  // for each trial, on a machine with a CPU for it
  std::vector<Unexplained> times = unexplained_times(record);
  if (times.size() < 5 || !is_plain(record.plan)) return;
  const auto excess = [](const Unexplained& time) {
    return time.seconds - kAllowedShare * time.measured_seconds - kAllowedSeconds * time.crowding * time.trials;
  };
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end(),
                   [&](const Unexplained& one, const Unexplained& other) { return excess(one) < excess(other); });
  if (excess(*middle) <= 0) return;
  marks.push_back({name, Mark::impossible_times,
                   fmt::format("of the time from one block to the next, {:.3g} s belong to no trial, beside {:.3g} s "
                               "that were measured",
                               middle->seconds, middle->measured_seconds),
                   std::nullopt});
}

void find_excessive_work(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  constexpr double kForgivenExcess = 1.1;
  constexpr double kForgivenTicks = 0.05;
  const double cpus = std::max(1, record.machine.cpu_count);
  for (const Block& block : record.blocks) {
    for (const Trial& trial : block.trials) {
      const double worked = static_cast<double>((trial.usage.user + trial.usage.system).count()) / kSecond;
      const double lasted = static_cast<double>((trial.usage.wall + trial.outside.survived).count()) / kSecond;
      if (worked <= kForgivenExcess * cpus * lasted + kForgivenTicks) continue;
      marks.push_back({name, Mark::impossible_times,
                       fmt::format("in block {}, a trial used {:.3g} s of CPU time within {:.3g} s on {} CPUs",
                                   block.number, worked, lasted, record.machine.cpu_count),
                       std::nullopt});
      return;
    }
  }
}

/// The kernel lets the load of one minute fall by no more than this, whatever runs.
double lowest_load(double before, double seconds) {
  constexpr double kSampled = 5;
  constexpr double kRounding = 0.03;
  return before * std::exp(-(seconds + kSampled) / 60) - kRounding;
}

void find_fallen_load(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  int falls = 0;
  for (std::size_t index = 0; index < record.blocks.size(); ++index) {
    const Block& block = record.blocks[index];
    std::size_t later = index + 1;  // behind what ran side by side with it
    while (later < record.blocks.size() && ran_side_by_side(block, record.blocks[later])) ++later;
    const std::int64_t next = later < record.blocks.size() ? record.blocks[later].started_ns : record.created_ns;
    const double seconds = std::max(0.0, static_cast<double>(next - block.started_ns) / kSecond);
    for (std::size_t trial = 1; trial < block.trials.size(); ++trial) {
      const auto& before = block.trials[trial - 1].strain.load;
      const auto& after = block.trials[trial].strain.load;
      if (before && after && *after < lowest_load(*before, seconds)) ++falls;
    }
  }
  if (falls <= kForgivenSteps) return;
  marks.push_back(
      {name, Mark::hours_apart,
       fmt::format("in {} blocks the machine's load fell from one trial to the next faster than a load can, "
                   "so they did not run one after the other",
                   falls),
       std::nullopt});
}

/// The load of one minute, as the kernel had it before each trial, and when about that was.
struct LoadReading {
  double seconds = 0;  ///< Unix time
  double load = 0;
};

std::vector<LoadReading> load_readings(const Record& record) {
  std::vector<LoadReading> readings;
  for (const Block& block : record.blocks) {
    double seconds = static_cast<double>(block.started_ns) / kSecond;
    for (const Trial& trial : block.trials) {
      if (trial.strain.load) readings.push_back({seconds, *trial.strain.load});
      seconds += static_cast<double>(trial.usage.wall.count()) / kSecond;
    }
  }
  return readings;
}

/// The kernel computes the load every 5 s (include/linux/sched/loadavg.h), so it cannot change more often. Trials that
/// were put into another order, or come from several runs, change it back and forth.
void find_restless_load(const Record& record, const std::string& name, std::vector<Suspicion>& marks) {
  constexpr double kSampled = 5;
  constexpr double kForgiven = 2;
  const bool is_one_machine =
      std::all_of(record.blocks.begin(), record.blocks.end(), [](const Block& block) { return block.node.empty(); });
  const std::vector<LoadReading> readings = load_readings(record);
  if (!is_one_machine || !record.plan.groups.empty() || readings.size() < 2) return;
  int changes = 0;
  for (std::size_t index = 1; index < readings.size(); ++index) {
    if (readings[index].load != readings[index - 1].load) ++changes;
  }
  const double lasted = std::max(0.0, readings.back().seconds - readings.front().seconds);
  if (changes <= lasted / kSampled + kForgiven) return;
  marks.push_back(
      {name, Mark::hours_apart,
       fmt::format("the machine's load changed {} times from one trial to the next within {:.3g} s, and the "
                   "kernel computes it every 5 s",
                   changes, lasted),
       std::nullopt});
}

void find_early_samples(const Record& record, const std::string& name, std::optional<std::int64_t> opened_ns,
                        std::vector<Suspicion>& marks) {
  if (record.blocks.empty()) return;
  const std::int64_t first = record.blocks.front().started_ns;
  if (opened_ns && first < *opened_ns - kForgivenAge) {
    marks.push_back({name, Mark::impossible_times,
                     fmt::format("its first block started {} before its plan was filed",
                                 format_duration(nanoseconds(*opened_ns - first))),
                     std::nullopt});
  }
  const std::int64_t last = end_of(record, record.blocks.back());
  if (record.created_ns < last - kForgivenAge) {
    marks.push_back({name, Mark::impossible_times,
                     fmt::format("it was filed {} before its last block ended",
                                 format_duration(nanoseconds(last - record.created_ns))),
                     std::nullopt});
  }
}

bool was_stopped_by_time(const AttemptResult& result) {
  return std::any_of(result.comparisons.begin(), result.comparisons.end(),
                     [](const auto& comparison) { return comparison.stop == Stop::time; });
}

/// "Time was up" is taken as recorded by `assay verify`, so it could name any favourable moment.
void find_early_end(const Record& record, const std::string& name, std::optional<std::int64_t> opened_ns,
                    std::vector<Suspicion>& marks) {
  if (!was_stopped_by_time(record.result) || record.blocks.empty()) return;
  const auto& allowed = record.plan.protocol.max_time;
  const std::int64_t began =
      std::min(opened_ns.value_or(record.blocks.front().started_ns), record.blocks.front().started_ns);
  const std::int64_t lasted = record.created_ns - began;
  // Whatever ran before the first block counts, and is not in the record if the opening is not there.
  const double share = opened_ns ? 0.9 : 0.5;
  if (allowed && static_cast<double>(lasted) >= share * static_cast<double>(allowed->count())) return;
  marks.push_back({name, Mark::undeclared_look,
                   fmt::format("it says that time was up after {}, and its plan allows {}",
                               format_duration(nanoseconds(lasted)), allowed ? format_duration(*allowed) : "any time"),
                   std::nullopt});
}

}  // namespace

std::vector<Suspicion> clock_marks(const Record& record, const std::string& name,
                                   std::optional<std::int64_t> opened_ns) {
  std::vector<Suspicion> marks;
  if (record.plan.simulation || record.plan.order != OrderSource::drawn) return marks;
  find_overlaps(record, name, marks);
  find_holes(record, name, marks);
  find_excessive_work(record, name, marks);
  find_fallen_load(record, name, marks);
  find_restless_load(record, name, marks);
  find_early_samples(record, name, opened_ns, marks);
  find_early_end(record, name, opened_ns, marks);
  return marks;
}

}  // namespace assay::adversary
