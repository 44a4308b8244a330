#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/report/planning/simulation_text.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/noise_options.hpp"
#include "experiments/screen/options.hpp"

namespace assay::cli {
namespace {

struct SimulateOptions {
  NoiseOptions noise;
  Percent shift{0};
  int trials = 1000;
  Direction direction = Direction::lower;
  std::optional<int> threads;
  ProtocolOptions protocol;
  bool unmasked = false;
  bool futility = false;
  bool json = false;
};

CommandLine command_line(SimulateOptions& options) {
  CommandLine line(
      {.name = "simulate",
       .synopsis = "",
       .about =
           "Plays the whole protocol many times on recorded or built-in noise with a known effect, and reports how it "
           "ended. Use it to choose a protocol before you pay for it, and to see the engine's error rates. Each time "
           "it draws a window of consecutive values, two for each block; the order of the arms is drawn as in assay "
           "run, and treatment's values are multiplied by 1 + shift.",
       .exit_codes = described({ExitCode::ok, ExitCode::error}),
       .examples = {"assay simulate --noise lognorm --shift 5%",
                    "assay simulate --noise trace.csv --column wall_ns --shift -2% --json"}});
  line.begin_group("Noise");
  add_noise_options(line, options.noise);
  line.option("shift", {"PERCENT", "true change of treatment against control, such as -2%"}, into(options.shift));
  line.option("direction", {"WHICH", "which values are better: lower or higher"}, into(options.direction));
  line.option("trials", {"N", "how often to play the protocol"}, into(options.trials, {1, 10'000'000}));
  add_threads_option(line, options.threads);
  add_inference_options(line, options.protocol);
  line.option("seed", {"NUMBER", "seed of every draw, decimal or 0x hexadecimal (default 0)"},
              into(options.protocol.seed));
  line.option("futility", {"", "stop as assay compare does if the blocks up to the cap would hardly decide anything"},
              into(options.futility));
  line.begin_group("Output");
  line.option(
      "unmasked",
      {"", "play each trial to its cap and count the claims of the single tests, which the rules of the verdict mask"},
      into(options.unmasked));
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  return line;
}

void check_options(const SimulateOptions& options) {
  definition::check_protocol_options(options.protocol);
  if (looks_anytime(options.protocol.protocol) && !options.protocol.cap_given) {
    throw Error("--anytime has no cap, and noise is drawn up to one: give --max-blocks");
  }
  if (options.futility && options.unmasked) {
    throw Error("--futility: --unmasked plays each trial to its cap, so give one of the two");
  }
  if (options.shift.value <= -100) {
    throw Error(fmt::format("--shift: {}% leaves nothing of control: expected more than -100%", options.shift.value));
  }
}

/// One positive metric, judged by the protocol that the options ask for.
Plan played_plan(const ProtocolOptions& options, Direction direction) {
  Metric metric;
  metric.name = "value";
  metric.direction = direction;
  metric.margin = options.margin.value_or(definition::kDefaultMargin);
  metric.margin_is_default = !options.margin;
  return design::value_plan({.id = "simulate",
                             .control = "control",
                             .treatment = "treatment",
                             .metric = metric,
                             .protocol = definition::settled_protocol(options, std::nullopt),
                             .seed = options.seed.value_or(Seed{0})});
}

}  // namespace

ExitCode command_simulate(const Arguments& arguments) {
  SimulateOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_options(options);
  const Plan plan = played_plan(options.protocol, options.direction);
  const interop::ChosenNoise chosen = choose_noise(options.noise, 2 * plan.protocol.max_blocks);
  const planning::Play play{
      .plan = plan,
      .noise = chosen.noise,
      .shift = options.shift,
      .when_futile = options.futility ? planning::WhenFutile::stops : planning::WhenFutile::goes_on};
  const planning::PlayCount count{.attempts = options.trials, .threads = thread_count(options.threads)};
  report::Simulated simulated{.noise = chosen, .play = play, .outcome = planning::Claims{}};
  if (options.unmasked) {
    simulated.outcome = count_claims(play, count);
  } else {
    simulated.outcome = summarise(play, play_attempts(play, count));
  }
  if (options.json) {
    print_json(report::simulation_json(simulated));
  } else {
    print_output(report::simulation_text(simulated));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
