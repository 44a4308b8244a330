#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/enum_names.hpp"
#include "tests/unit/decide/attempts.hpp"

// Plays honest experiments, in which treatment takes less time and does the same as control in everything else, against
// all rules that read figures. It lists every keep that rules 2 lose although rules 1 keep the change, by rule, and
// ends with 1 if more than 1 % are lost. docs/methods/what-keep-means.md has the rules.

namespace assay::decide {
namespace {

constexpr double kMostLost = 0.01;

/// What goes on besides the work that is timed: of one trial, as the launcher would report it.
using Besides = std::function<void(Trial&, Generator&)>;

struct Shape {
  std::string name;
  double saving = 0.1;  ///< of treatment, as a part of control's time
  double noise = 0.03;  ///< standard deviation of the logarithm of a trial
  Besides besides = [](Trial&, Generator&) {};
  double bursts = 0;  ///< share of blocks at which a neighbour slows both trials by 30 %
  double drift = 0;   ///< by which the last of 60 blocks is slower than the first
};

nanoseconds part_of_second(double seconds) {
  return nanoseconds(static_cast<std::int64_t>(1e9 * std::max(0.0, seconds)));
}

double varied(double mean, double deviation, Generator& generator) {
  return mean * (1 + deviation * generator.normal());
}

Besides prepare_hook(double mean, double deviation) {
  return [mean, deviation](Trial& trial, Generator& generator) {
    trial.outside.prepare = part_of_second(varied(mean, deviation, generator));
    trial.outside.prepare_cpu = trial.outside.prepare / 2;
  };
}

/// A check of the output whose time has a heavy tail.
void check_with_tail(Trial& trial, Generator& generator) {
  trial.outside.after = part_of_second(0.2 * std::pow(1 - generator.uniform(), -1 / 1.5));
}

/// A service that polls: its CPU time is counted in ticks.
void polling_service(Trial& trial, Generator& generator) {
  trial.outside.services = nanoseconds(10'000'000) * static_cast<int>(generator.below(3));
}

/// A daemon that outlives some trials, whichever the arm.
void lingering_process(Trial& trial, Generator& generator) {
  if (generator.uniform() < 0.3) trial.outside.survived = part_of_second(0.05 * generator.uniform());
}

void flaky_control(Trial& trial, Generator& generator) {
  if (trial.arm != kControl || generator.uniform() >= 0.1) return;
  trial.outcome = Exited{1};
  drop_values(trial, trial.values.size());
}

/// A hook after the trial that fails and is run once more.
void repeated_conclude(Trial& trial, Generator& generator) {
  const bool again = generator.uniform() < 0.01;
  trial.outside.conclude = part_of_second(varied(again ? 0.2 : 0.1, 0.1, generator));
}

std::vector<Shape> shapes() {
  return {{.name = "no hooks"},
          {.name = "noise of 10 %, 30 % saved", .saving = 0.3, .noise = 0.1},
          {.name = "bursts of a neighbour", .saving = 0.15, .bursts = 0.25},
          {.name = "a machine that slows down by 20 %", .drift = 0.2},
          {.name = "prepare as long as the trial, varies by 20 %", .besides = prepare_hook(1, 0.2)},
          {.name = "prepare ten times as long, varies by 5 %", .saving = 0.2, .besides = prepare_hook(10, 0.05)},
          {.name = "a check with a heavy tail", .besides = check_with_tail},
          {.name = "a service that polls", .besides = polling_service},
          {.name = "processes that outlive trials", .besides = lingering_process},
          {.name = "a flaky control", .besides = flaky_control},
          {.name = "a conclude that fails in 1 %", .besides = repeated_conclude}};
}

Plan plan_of(int rules, Seed seed) {
  Plan plan = simple_plan();
  plan.rules = rules;
  plan.seed = seed;
  plan.protocol.max_blocks = 60;
  return plan;
}

/// The block is the same under all rules: it follows from the seed and its number.
Block honest_block(const Plan& plan, const Shape& shape, int number) {
  Generator generator = plan.seed.stream(Stream::simulation, static_cast<std::uint64_t>(number));
  const double slow = (generator.uniform() < shape.bursts ? 1.3 : 1) * (1 + shape.drift * number / 60);
  std::vector<Trial> trials;
  for (const ArmIndex arm : {kControl, ArmIndex{1}}) {
    const double expected = slow * (arm == kControl ? 1 : 1 - shape.saving);
    Trial trial = measured(expected * std::exp(shape.noise * generator.normal()));
    trial.arm = arm;
    trial.usage.user = trial.usage.wall * 9 / 10;
    shape.besides(trial, generator);
    trials.push_back(trial);
  }
  return block_of(plan, number, std::move(trials));
}

AttemptResult played(const Plan& plan, const Shape& shape) {
  return result_of(plan, [&](int number) { return honest_block(plan, shape, number); });
}

std::string rule_of(const AttemptResult& result) {
  const bool held_back = result.verdict == Verdict::improved;
  return held_back ? std::string(to_string(result.decision_reason))
                   : fmt::format("{}: {}", to_string(result.verdict), to_string(result.reason));
}

struct Count {
  int kept = 0;  ///< by rules 1
  int lost = 0;  ///< of them, by rules 2
  int gained = 0;
  std::map<std::string, int> by_rule;
};

Count counted(const Shape& shape, int experiments) {
  Count count;
  for (int number = 0; number < experiments; ++number) {
    const Seed seed = Seed(2027).derive(Stream::trials, static_cast<std::uint64_t>(number));
    const AttemptResult before = played(plan_of(1, seed), shape);
    const AttemptResult now = played(plan_of(kNewestRules, seed), shape);
    const bool was_kept = before.decision == Decision::keep;
    const bool is_kept = now.decision == Decision::keep;
    count.kept += was_kept ? 1 : 0;
    count.gained += is_kept && !was_kept ? 1 : 0;
    if (!was_kept || is_kept) continue;
    ++count.lost;
    ++count.by_rule[rule_of(now)];
  }
  return count;
}

std::string rules_text(const std::map<std::string, int>& by_rule) {
  std::string text;
  for (const auto& [rule, times] : by_rule) text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", rule, times);
  return text.empty() ? "none" : text;
}

int print_table(int experiments) {
  const std::vector<Shape> all = shapes();
  const int shape_count = static_cast<int>(all.size());
  int left = experiments;
  int kept = 0;
  int lost = 0;
  fmt::print(
      "| honest experiments | kept by rules 1 | lost by rules 2 | by rule | kept by rules 2 only |\n"
      "|---|---|---|---|---|\n");
  for (int index = 0; index < shape_count; ++index) {
    const Shape& shape = all[static_cast<std::size_t>(index)];
    const int each = left / (shape_count - index);  // the last ones get one more, so that all are played
    left -= each;
    const Count count = counted(shape, each);
    kept += count.kept;
    lost += count.lost;
    fmt::print("| {} | {} of {} | {} | {} | {} |\n", shape.name, count.kept, each, count.lost,
               rules_text(count.by_rule), count.gained);
    std::fflush(stdout);
  }
  const double share = static_cast<double>(lost) / std::max(1, kept);
  fmt::print("| all | {} of {} | {} ({:.2f} %) | | |\n", kept, experiments, lost, 100 * share);
  return share <= kMostLost ? 0 : 1;
}

}  // namespace
}  // namespace assay::decide

int main(int count, char** words) {
  const int experiments = count > 1 ? std::atoi(words[1]) : 5000;
  if (experiments < 1) {
    fmt::print(stderr, "honest_study [EXPERIMENTS]: expected a number of 1 or more, got '{}'\n", words[1]);
    return 1;
  }
  return assay::decide::print_table(experiments);
}
