// Plays gates and pairs of environments on noise, and prints how often they are wrong. docs/methods/gate.md and
// docs/methods/parity.md have the tables.
//
//   gate_study [--traces DIR] [--plays N]
//
// Without --traces on the built-in noises. Exits with 1 if a gate fails a change that alters nothing in more than
// alpha, if it passes a loss of 15 % in more than 1 %, or if two environments with one effect are said to differ in
// more than alpha (each plus 3 standard errors).
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/decide/parity/interaction.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "experiments/planning/simulation/play.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"
#include "experiments/planning/simulation/trace.hpp"

namespace assay::planning {
namespace {

constexpr double kAlpha = 0.05;

struct Options {
  std::string traces;
  int plays = 1000;
};

Options read_options(int count, char** words) {
  Options options;
  for (int word = 1; word + 1 < count; word += 2) {
    const std::string name = words[word];
    const std::string value = words[word + 1];
    std::from_chars(value.data(), value.data() + value.size(), options.plays);
    if (name == "--traces") options.traces = value;
    if (name != "--traces" && name != "--plays") throw Error(fmt::format("{}: expected --traces or --plays", name));
  }
  return options;
}

struct NamedNoise {
  std::string name;
  Noise noise;
};

/// Those without an effect of time that the protocol does not claim to bear.
std::vector<NamedNoise> built_in_noises() {
  std::vector<NamedNoise> noises;
  for (const SyntheticNoise kind : {SyntheticNoise::lognorm, SyntheticNoise::spikes, SyntheticNoise::gamma,
                                    SyntheticNoise::bimodal, SyntheticNoise::bursts}) {
    noises.push_back({std::string(to_string(kind)), synthetic_noise(kind)});
  }
  return noises;
}

std::vector<NamedNoise> recorded_noises(const std::string& folder) {
  std::vector<NamedNoise> noises;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".csv") continue;
    const std::string text = host::read_file(entry.path());
    const bool has_groups = text.substr(0, text.find('\n')).find("vm_id") != std::string::npos;
    const interop::TraceColumns columns =
        has_groups ? interop::TraceColumns{"value", "vm_id"} : interop::TraceColumns{"wall_ns", std::nullopt};
    noises.push_back(
        {entry.path().stem().string(), trace_noise(interop::read_trace_csv(text, entry.path().string(), columns))});
  }
  std::sort(noises.begin(), noises.end(),
            [](const NamedNoise& left, const NamedNoise& right) { return left.name < right.name; });
  return noises;
}

/// What is played: the margin, the cap, and the true change.
struct Scene {
  Goal goal = Goal::improve;
  Percent margin{3};
  int cap = 60;
  Percent shift{0};
};

Play play_of(const NamedNoise& noise, const Scene& scene, std::uint64_t seed) {
  Metric metric;
  metric.name = "value";
  metric.margin = scene.margin;
  Protocol protocol;
  protocol.max_blocks = scene.cap;
  protocol.goal = scene.goal;
  return {.plan = design::value_plan({.id = "study",
                                      .control = "base",
                                      .treatment = "change",
                                      .metric = metric,
                                      .protocol = protocol,
                                      .seed = Seed(seed)}),
          .noise = noise.noise,
          .shift = scene.shift};
}

struct GateShares {
  double passed = 0;
  double regressed = 0;
  double blocks = 0;
};

GateShares gates_on(const NamedNoise& noise, Percent shift, const Options& options) {
  const Scene scene{.goal = Goal::not_worse, .margin = Percent{10}, .cap = 60, .shift = shift};
  GateShares shares;
  for (const auto& outline : play_attempts(play_of(noise, scene, 1), {.attempts = options.plays, .threads = 1})) {
    const bool failed = outline.verdict == Verdict::regressed;
    shares.regressed += failed ? 1 : 0;
    shares.passed += !failed && (outline.not_worse || outline.verdict == Verdict::improved) ? 1 : 0;
    shares.blocks += outline.blocks;
  }
  shares.passed /= options.plays;
  shares.regressed /= options.plays;
  shares.blocks /= options.plays;
  return shares;
}

/// The effects of one environment's blocks up to the stop of its own attempt, as parity takes them.
std::vector<double> effects_of(const Play& play, int number) {
  const auto blocks = static_cast<std::size_t>(play_attempt(play, number).blocks);
  const DrawnBlocks drawn = draw_blocks(play, number);
  std::vector<double> effects;
  for (std::size_t block = 0; block < std::min(blocks, drawn.pairs.size()); ++block) {
    effects.push_back(std::log(drawn.pairs[block].treatment / drawn.pairs[block].control));
  }
  return effects;
}

struct ParityShares {
  double differs = 0;
  double agrees = 0;
};

/// The true changes in the two environments.
struct Changes {
  Percent here{0};
  Percent there{0};
};

ParityShares parities_on(const NamedNoise& here, const NamedNoise& there, const Changes& changes,
                         const Options& options) {
  const Play first = play_of(here, {.shift = changes.here}, 2);
  const Play second = play_of(there, {.shift = changes.there}, 3);
  ParityShares shares;
  for (int number = 0; number < options.plays; ++number) {
    const std::vector<decide::SideEffects> sides = {{"here", effects_of(first, number)},
                                                    {"there", effects_of(second, number)}};
    const ParityPair pair = decide::interactions(sides, {.margin = std::log1p(0.03), .alpha = kAlpha}).front();
    shares.differs += pair.verdict == ParityVerdict::differs ? 1 : 0;
    shares.agrees += pair.verdict == ParityVerdict::agrees ? 1 : 0;
  }
  shares.differs /= options.plays;
  shares.agrees /= options.plays;
  return shares;
}

/// The nominal rate and three standard errors.
double allowed(double nominal, const Options& options) {
  return nominal + 3 * std::sqrt(nominal * (1 - nominal) / options.plays);
}

void print_gates(const std::string& name, const GateShares& equal, const GateShares& slow) {
  std::printf("%-40s %10.2f %% %10.1f %% %12.1f %10.1f %% %12.2f %%\n", name.c_str(), 100 * equal.regressed,
              100 * equal.passed, equal.blocks, 100 * slow.regressed, 100 * slow.passed);
}

/// The figures of two noises that speak against the gate.
GateShares worse_if_equal(const GateShares& one, const GateShares& other) {
  return {.passed = std::min(one.passed, other.passed),
          .regressed = std::max(one.regressed, other.regressed),
          .blocks = std::max(one.blocks, other.blocks)};
}
GateShares worse_if_slow(const GateShares& one, const GateShares& other) {
  return {.passed = std::max(one.passed, other.passed),
          .regressed = std::min(one.regressed, other.regressed),
          .blocks = std::max(one.blocks, other.blocks)};
}

bool gates_hold(const std::vector<NamedNoise>& noises, const Options& options) {
  bool holds = true;
  GateShares worst_equal{.passed = 1};
  GateShares worst_slow{.regressed = 1};
  std::printf("%-40s %12s %12s %12s %12s %14s\n", "noise", "A/A fails", "A/A passes", "A/A blocks", "+15% fails",
              "+15% passes");
  for (const NamedNoise& noise : noises) {
    const GateShares equal = gates_on(noise, Percent{0}, options);
    const GateShares slow = gates_on(noise, Percent{15}, options);
    print_gates(noise.name, equal, slow);
    worst_equal = worse_if_equal(worst_equal, equal);
    worst_slow = worse_if_slow(worst_slow, slow);
    holds = holds && equal.regressed <= allowed(kAlpha, options) && slow.passed <= allowed(0.01, options);
  }
  print_gates("the worst of them", worst_equal, worst_slow);
  return holds;
}

bool parities_hold(const std::vector<NamedNoise>& noises, const Options& options) {
  bool holds = true;
  ParityShares worst_none;
  ParityShares worst_same;
  std::printf("\n%-30s %14s %14s %14s %20s\n", "environments", "0: differ", "-5%: differ", "0: agree",
              "-10% / +5%: differ");
  for (const NamedNoise& there : noises) {
    const NamedNoise& here = noises.front();
    const ParityShares none = parities_on(here, there, {}, options);
    const ParityShares same = parities_on(here, there, {Percent{-5}, Percent{-5}}, options);
    const ParityShares opposite = parities_on(here, there, {Percent{-10}, Percent{5}}, options);
    std::printf("%-30s %12.2f %% %12.2f %% %12.1f %% %18.1f %%\n", (here.name + ", " + there.name).c_str(),
                100 * none.differs, 100 * same.differs, 100 * none.agrees, 100 * opposite.differs);
    holds = holds && std::max(none.differs, same.differs) <= allowed(kAlpha, options);
    worst_none.differs = std::max(worst_none.differs, none.differs);
    worst_same.differs = std::max(worst_same.differs, same.differs);
  }
  std::printf("%-30s %12.2f %% %12.2f %%\n", "the worst of them", 100 * worst_none.differs, 100 * worst_same.differs);
  return holds;
}

int study(int count, char** words) {
  const Options options = read_options(count, words);
  const std::vector<NamedNoise> noises = options.traces.empty() ? built_in_noises() : recorded_noises(options.traces);
  const bool gates = gates_hold(noises, options);
  const bool parities = parities_hold(noises, options);
  if (!gates) std::puts("a gate is wrong more often than it may be");
  if (!parities) std::puts("environments are told apart more often than they may be");
  return gates && parities ? 0 : 1;
}

}  // namespace
}  // namespace assay::planning

int main(int count, char** words) try {
  return assay::planning::study(count, words);
} catch (const std::exception& error) {
  std::fprintf(stderr, "gate_study: %s\n", error.what());
  return 1;
}
