// Plays gates and pairs of environments on noise, and prints how often they are wrong. docs/methods/gate.md and
// docs/methods/parity.md have the tables.
//
//   gate_study [--traces DIR] [--plays N] [--gates N]
//
// It plays the built-in noises, the traces of tests/reference/noise, and those of DIR ($ASSAY_TRACES by default).
// --plays is the number of pairs of environments (1000), --gates that of gates (as many). Exits with 1 unless the plays
// show, at 95 % each, that a gate fails a change that alters nothing in at most alpha, whether it calls it regressed or
// inconclusive, and passes a loss of 15 % in at most 1 %; and if two environments with one effect are said to differ in
// more than alpha plus 3 standard errors.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
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
#include "stats/reference/proportion.hpp"

namespace assay::planning {
namespace {

constexpr double kAlpha = 0.05;
constexpr double kPassedLosses = 0.01;

struct Options {
  std::string traces;
  int plays = 1000;
  int gates = 0;
};

int number_of(const std::string& name, const std::string& value) {
  int number = 0;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
  if (read.ec != std::errc{} || read.ptr != value.data() + value.size() || number < 1) {
    throw Error(fmt::format("{} {}: expected a number of at least 1", name, value));
  }
  return number;
}

Options read_options(int count, char** words) {
  Options options;
  if (const char* const folder = std::getenv("ASSAY_TRACES")) options.traces = folder;
  for (int word = 1; word < count; word += 2) {
    const std::string name = words[word];
    if (word + 1 == count) throw Error(fmt::format("{}: a value is missing", name));
    const std::string value = words[word + 1];
    if (name == "--traces") {
      options.traces = value;
    } else if (name == "--plays") {
      options.plays = number_of(name, value);
    } else if (name == "--gates") {
      options.gates = number_of(name, value);
    } else {
      throw Error(fmt::format("{}: expected --traces, --plays or --gates", name));
    }
  }
  if (options.gates == 0) options.gates = options.plays;
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
  if (noises.empty()) throw Error(fmt::format("{}: holds no trace, which is a file *.csv", folder));
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

/// How many of the gates came to what. Those that did neither were inconclusive, which is no pass.
struct GateCounts {
  int gates = 0;
  int passed = 0;
  int regressed = 0;
  double blocks = 0;

  [[nodiscard]] double percent(int count) const { return 100.0 * count / gates; }
  [[nodiscard]] int inconclusive() const { return gates - passed - regressed; }
};

GateCounts gates_on(const NamedNoise& noise, Percent shift, const Options& options) {
  const Scene scene{.goal = Goal::not_worse, .margin = Percent{10}, .cap = 60, .shift = shift};
  GateCounts counts{.gates = options.gates};
  for (const auto& outline : play_attempts(play_of(noise, scene, 1), {.attempts = options.gates, .threads = 1})) {
    const bool failed = outline.verdict == Verdict::regressed;
    counts.regressed += failed ? 1 : 0;
    counts.passed += !failed && (outline.not_worse || outline.verdict == Verdict::improved) ? 1 : 0;
    counts.blocks += outline.blocks;
  }
  counts.blocks /= options.gates;
  return counts;
}

/// True if the gates show, at 95 %, that the chance of what `count` of them came to is at most `rate`.
bool shown_at_most(double rate, int count, const GateCounts& counts) {
  return stats::clopper_pearson_upper({.count = count, .trials = counts.gates}, 0.95) <= rate;
}

/// One table of a group of noises: what came of a change that alters nothing, and of a loss of 15 %.
bool gates_hold(const std::vector<NamedNoise>& noises, const Options& options) {
  bool holds = true;
  std::printf("\n%-36s %33s %33s\n%-36s %10s %11s %10s %10s %11s %10s %8s\n", "", "no change", "15 % slower",
              "gates on the noise", "regressed", "undecided", "passed", "regressed", "undecided", "passed", "blocks");
  for (const NamedNoise& noise : noises) {
    const GateCounts equal = gates_on(noise, Percent{0}, options);
    const GateCounts slow = gates_on(noise, Percent{15}, options);
    std::printf("%-36s %8.2f %% %9.2f %% %8.2f %% %8.2f %% %9.2f %% %8.2f %% %8.1f\n", noise.name.c_str(),
                equal.percent(equal.regressed), equal.percent(equal.inconclusive()), equal.percent(equal.passed),
                slow.percent(slow.regressed), slow.percent(slow.inconclusive()), slow.percent(slow.passed),
                equal.blocks);
    // Inconclusive fails a gate, too.
    const int not_passed = equal.gates - equal.passed;
    holds = holds && shown_at_most(kAlpha, not_passed, equal) && shown_at_most(kPassedLosses, slow.passed, slow);
  }
  return holds;
}

/// The effects of one environment's blocks up to the stop of its own attempt, as parity takes them, of each play.
using Effects = std::vector<std::vector<double>>;

Effects effects_of(const Play& play, const Options& options) {
  Effects plays;
  for (int number = 0; number < options.plays; ++number) {
    const auto blocks = static_cast<std::size_t>(play_attempt(play, number).blocks);
    const DrawnBlocks drawn = draw_blocks(play, number);
    std::vector<double>& effects = plays.emplace_back();
    for (std::size_t block = 0; block < std::min(blocks, drawn.pairs.size()); ++block) {
      effects.push_back(std::log(drawn.pairs[block].treatment / drawn.pairs[block].control));
    }
  }
  return plays;
}

struct ParityShares {
  double differs = 0;
  double agrees = 0;
};

/// What parity says of two environments, play by play.
ParityShares parities_of(const Effects& here, const Effects& there) {
  ParityShares shares;
  for (std::size_t play = 0; play < here.size(); ++play) {
    const std::vector<decide::SideEffects> sides = {{"here", here[play]}, {"there", there[play]}};
    const ParityPair pair = decide::interactions(sides, {.margin = std::log1p(0.03), .alpha = kAlpha}).front();
    shares.differs += pair.verdict == ParityVerdict::differs ? 1 : 0;
    shares.agrees += pair.verdict == ParityVerdict::agrees ? 1 : 0;
  }
  shares.differs /= static_cast<double>(here.size());
  shares.agrees /= static_cast<double>(here.size());
  return shares;
}

bool parities_hold(const std::vector<NamedNoise>& noises, const Options& options) {
  const double allowed = kAlpha + 3 * std::sqrt(kAlpha * (1 - kAlpha) / options.plays);
  const auto effects = [&](const NamedNoise& noise, Percent shift, std::uint64_t seed) {
    return effects_of(play_of(noise, {.shift = shift}, seed), options);
  };
  const NamedNoise& here = noises.front();
  const Effects unchanged = effects(here, Percent{0}, 2);
  const Effects better = effects(here, Percent{-5}, 2);
  const Effects much_better = effects(here, Percent{-10}, 2);
  bool holds = true;
  std::printf("\n%-36s %14s %14s %14s %20s\n", "environments", "0: differ", "-5%: differ", "0: agree",
              "-10% / +5%: differ");
  for (const NamedNoise& there : noises) {
    const ParityShares none = parities_of(unchanged, effects(there, Percent{0}, 3));
    const ParityShares same = parities_of(better, effects(there, Percent{-5}, 3));
    const ParityShares opposite = parities_of(much_better, effects(there, Percent{5}, 3));
    std::printf("%-36s %12.2f %% %12.2f %% %12.1f %% %18.1f %%\n", (here.name + ", " + there.name).c_str(),
                100 * none.differs, 100 * same.differs, 100 * none.agrees, 100 * opposite.differs);
    holds = holds && std::max(none.differs, same.differs) <= allowed;
  }
  return holds;
}

int study(int count, char** words) {
  const Options options = read_options(count, words);
  std::vector<std::vector<NamedNoise>> groups = {built_in_noises(), recorded_noises(ASSAY_NOISE_FOLDER)};
  if (!options.traces.empty()) groups.push_back(recorded_noises(options.traces));
  bool gates = true;
  bool parities = true;
  for (const std::vector<NamedNoise>& noises : groups) {
    gates = gates_hold(noises, options) && gates;
    parities = parities_hold(noises, options) && parities;
  }
  if (!gates) std::puts("a gate is wrong more often than it may be, or these are too few gates to show that it is not");
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
