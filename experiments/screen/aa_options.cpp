#include "experiments/screen/aa_options.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/shell_words.hpp"
#include "experiments/campaign/self_comparison.hpp"
#include "experiments/definition/options/comparison.hpp"
#include "experiments/planning/self_comparison.hpp"
#include "experiments/screen/inputs.hpp"

namespace assay::screen {
namespace {

/// What is run if no experiment and no command is given: a shell loop of about ten milliseconds.
constexpr const char* kBuiltIn = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done";

attempt::ExperimentFile command_experiment(const AaOptions& options) {
  const Arguments words = options.command.empty() ? Arguments{"sh", "-c", kBuiltIn} : options.command;
  definition::ComparisonOptions compare;
  compare.commands = {shell_words(words), shell_words(words)};
  compare.protocol.seed = options.overrides.seed;
  if (options.overrides.max_blocks) compare.protocol.protocol.max_blocks = *options.overrides.max_blocks;
  return attempt::experiment_of("", std::filesystem::current_path().string(),
                                definition::comparison_definition(compare));
}

}  // namespace

void add_aa_options(CommandLine& line, AaOptions& options) {
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.file), Occurs::at_most_once);
  line.begin_group("Protocol");
  line.option("plant",
              {"PERCENT",
               "then delay one arm by this share of control's median, and look for the delay (default 5%, if the "
               "experiment can be delayed)"},
              into(options.plant));
  line.option("no-plant", {"", "only control against itself: plant nothing"}, into(options.plant_nothing));
  line.option("margin", {"PERCENT", "smallest effect worth acting on, instead of the file's (default 3%)"},
              into(options.margin));
  line.option("max-blocks,M", {"N", "cap of blocks, each time (default the file's, or 200)"},
              into(options.overrides.max_blocks, {kFewestBlocks, kMostBlocks}));
  line.option("max-time", {"TIME", "begin no new block after this, each time (default the file's, or 10 s)"},
              into(options.max_time));
  line.option("seed", {"NUMBER", "seed of every random choice, decimal or 0x hexadecimal (default: drawn)"},
              into(options.overrides.seed));
  line.option("engine", {"NAME", "local, or simulated: draw trials from the file's [simulated]"},
              into(options.overrides.engine));
  line.begin_group("Measuring");
  add_wait_option(line, options.running.host_patience);
}

/// Everything after -- is the command, whatever it looks like.
Arguments split_off_command(const Arguments& arguments, Arguments& command) {
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  if (dashes != arguments.end()) command.assign(dashes + 1, arguments.end());
  return {arguments.begin(), dashes};
}

void check_aa_options(const AaOptions& options) {
  if (options.file && !options.command.empty()) throw Error("give a FILE or a command after --, not both");
  if (options.plant && options.plant_nothing) throw Error("--plant and --no-plant exclude each other");
  if (options.plant && options.plant->value <= 0) {
    throw Error(fmt::format("--plant: {}% is not above 0%", options.plant->value));
  }
  if (options.margin && options.margin->value <= 0) {
    throw Error(fmt::format("--margin: {}% is not above 0%", options.margin->value));
  }
  if (options.max_time && options.max_time->count() <= 0) throw Error("--max-time: it must be above 0 s");
  if (!options.file && options.overrides.engine == attempt::EngineName::simulated) {
    throw Error("--engine simulated takes its noise from the [simulated] of an experiment: give its FILE");
  }
}

attempt::ExperimentFile self_comparing_experiment(const AaOptions& options) {
  attempt::ExperimentFile experiment =
      options.file ? read_experiment(*options.file, options.overrides) : command_experiment(options);
  definition::Definition definition = attempt::definition_of(experiment);
  definition.id = "aa";
  if (options.max_time) definition.protocol.max_time = options.max_time;
  if (options.plant) for_option("--plant", [&] { campaign::require_plantable(definition); });
  for (Metric& metric : definition.metrics) {
    if (metric.role != MetricRole::primary || !options.margin) continue;
    metric.margin = options.margin;
    metric.margin_is_default = false;
  }
  return attempt::experiment_of(experiment.name, experiment.folder,
                                planning::control_against_itself(std::move(definition)));
}

}  // namespace assay::screen
