#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/text/utf8.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/guard_cost.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/cli/plan_chances.hpp"
#include "experiments/cli/plan_facts.hpp"
#include "experiments/cli/plan_noise.hpp"
#include "experiments/formats/plan_json.hpp"
#include "experiments/report/mode_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/shell_words.hpp"
#include "experiments/trial/audit/audit.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;
using report::shell_words;

struct PlanOptions {
  std::string file;
  attempt::FileOverrides overrides;
  int attempt = 1;
  PlanNoiseOptions noise;
  bool json = false;
};

CommandLine command_line(PlanOptions& options) {
  CommandLine line(
      {.name = "plan",
       .synopsis = "FILE",
       .about = "Shows what running an experiment would do: arms, looks, order of the trials, error rates, cost; "
                "and with a guess, a trace, a record, an interrupted attempt or a pilot for its noise, the chance of "
                "each verdict. Runs "
                "nothing but a pilot. An open seed is drawn for this display alone.",
       .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::refused, ExitCode::interrupted},
       .examples = {"assay plan experiment.toml", "assay plan --noise 3% --json experiment.toml",
                    "assay plan --pilot 10 experiment.toml"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.file), Occurs::once);
  add_plan_noise_options(line, options.noise);
  line.option("attempt", {"N", "which attempt: the first has most of alpha"}, into(options.attempt, {1, 100}));
  line.option("engine", {"NAME", "local, or simulated: draw trials from the file's [simulated]"},
              into(options.overrides.engine));
  line.option("seed", {"NUMBER", "of every random choice, in place of the file's"}, into(options.overrides.seed));
  line.option("max-blocks,M", {"N", "cap of blocks, in place of the file's"},
              into(options.overrides.max_blocks, {6, 10000}));
  line.option("json", {"", "print one JSON object, the whole plan in it"}, into(options.json));
  return line;
}

/// "control treatment", as they are to run.
std::string order_text(const Plan& plan, const BlockOrder& order) {
  std::vector<std::string> labels;
  for (const ArmIndex arm : order.arms) labels.push_back(printable(plan.variable.levels[arm].label));
  return fmt::format("{}", fmt::join(labels, " "));
}

std::string metrics_text(const Plan& plan) {
  std::vector<std::string> all;
  for (const Metric& metric : plan.metrics) {
    const bool only_vetoes = metric.role == MetricRole::guard && !metric.margin;
    all.push_back(only_vetoes     ? printable(metric.name) + " (guard, only vetoes)"
                  : metric.margin ? fmt::format("{} ({}, margin {} %)", printable(metric.name), to_string(metric.role),
                                                metric.margin->value)
                                  : printable(metric.name));
  }
  return fmt::format("{}", fmt::join(all, ", "));
}

std::string cells_text(const Plan& plan) {
  std::vector<std::string> names;
  for (const Cell& cell : cells(plan)) names.push_back(printable(cell_name(plan, cell)));
  return fmt::format("{}", fmt::join(names, ", "));
}

/// Commits and trees, patches, and the build step, where arms are made of sources.
std::string source_text(const Plan& plan) {
  if (!plan.variable.source) return "";
  std::string text;
  for (const Level& level : plan.variable.levels) {
    const auto& source = std::get<SourceLevel>(level.value);
    text += fmt::format("  {:<9} commit {}, tree {}\n", printable(level.label), source.commit, source.tree);
  }
  const SourceBuild& source = *plan.variable.source;
  if (source.build.empty()) return text + "  no build step\n";
  return text + fmt::format("  build     {} ({} of each arm)\n", printable(shell_words(source.build)),
                            report::count_text(source.builds, "build"));
}

std::string forecast_text(const NoiseForecast& forecast, const Plan& plan) {
  const int cap = plan.protocol.max_blocks;
  const auto blocks = [&plan](int count) { return report::units_text(plan, count); };
  std::string text = fmt::format("with a noise of {} % a trial\n", forecast.noise.value);
  if (cap != kNoCap) {
    text += fmt::format("  detectable within {}: {:.2g} %\n", blocks(cap), forecast.detectable_percent);
  }
  text += fmt::format("  no effect is shown to be none after {}\n", blocks(forecast.blocks_for_equivalence));
  for (const EffectCost& cost : forecast.to_detect) {
    text += fmt::format("  {:>5.3g} % is shown after {}\n", cost.percent, blocks(cost.blocks));
  }
  return text;
}

std::string looks_text(const Plan& plan, const std::vector<int>& looks) {
  const std::string_view unit = unit_name(plan.protocol.design);
  if (plan.protocol.anytime) return fmt::format("after every {} from the {}th", unit, looks.front());
  if (is_costly(plan.protocol.design)) return fmt::format("at {} trials of each arm", fmt::join(looks, " and "));
  std::string text = fmt::format("at {} {}s", fmt::join(looks, " "), unit);
  if (plan.protocol.look_every_block || looks.size() == 1) return text;
  return fmt::format("{}; after every {} where trials take a minute or more", text, unit);
}

/// What one order of the list is of.
std::string_view order_unit(const Plan& plan) {
  return is_costly(plan.protocol.design) ? "trial" : unit_name(plan.protocol.design);
}

std::string most_trials_text(const PlanFacts& facts) {
  if (!facts.most_trials) return "as many trials as it takes";
  return fmt::format("at most {}", report::count_text(*facts.most_trials, "trial"));
}

std::string text_of(const Plan& plan, const PlanFacts& facts, const std::string& sha256) {
  const auto row = [](std::string_view name, const std::string& text) { return fmt::format("{:<11}{}\n", name, text); };
  std::string text = row("experiment", printable(plan.id)) + row("hypothesis", printable(plan.hypothesis));
  text += row("variable", printable(describe(plan.variable)));
  text += source_text(plan);
  text += row("audit", fmt::format("the arms must differ in {} alone", printable(trial::name_of(plan.variable))));
  text += row("cells", cells_text(plan)) + row("metrics", metrics_text(plan));
  text += row("attempt", fmt::format("{} of {}, alpha {:.4g}, alpha of equivalence {:.4g}", plan.attempt,
                                     plan.protocol.attempts, attempt_alpha(plan), attempt_alpha_equivalence(plan)));
  text +=
      row("levels",
          fmt::format("better {:.4g}, worse {:.4g} in {}", facts.levels.sides.below_zero, facts.levels.sides.above_zero,
                      report::count_text(facts.counts.comparisons, is_race(plan) ? "pair" : "comparison")));
  if (is_race(plan)) {
    text += row("race", fmt::format("of {} levels; a level whose interval against another lies beyond 0 is dropped",
                                    arm_count(plan)));
    text += row("confirm", fmt::format("{} fresh blocks of the best level and {}, alpha {:.4g}",
                                       confirmatory_blocks(plan), printable(plan.variable.levels[kControl].label),
                                       attempt_alpha(plan) / static_cast<double>(cells(plan).size())));
  }
  for (const std::string& mode : report::mode_sentences(plan)) text += row("design", mode);
  text += row("looks", looks_text(plan, facts.looks));
  if (!is_race(plan) && confirmatory_blocks(plan) > 0) {
    text += row("confirm", fmt::format("by {} after an early stop, from which alone the effect is quoted",
                                       report::fresh_text(plan, confirmatory_blocks(plan))));
  }
  text += row("cost", fmt::format("{} and {}", most_trials_text(facts),
                                  report::count_text(facts.warmup_trials, "warm-up trial")));
  text += row("seed", plan.seed.to_string());
  const std::string_view places = plan.protocol.design == Design::duet ? "on the first and the second CPU, " : "";
  text += row("orders", fmt::format("{}of the first {}s of {}:", places, order_unit(plan),
                                    printable(cell_name(plan, cells(plan)[0]))));
  for (const BlockOrder& order : facts.first_orders) {
    text += fmt::format("{:>13}  {}\n", order.number, order_text(plan, order));
  }
  text += guard_costs_text(guard_costs(plan));
  if (facts.forecast) text += forecast_text(*facts.forecast, plan);
  return text + row("SHA-256", sha256);
}

json forecast_json(const NoiseForecast& forecast) {
  json to_detect = json::array();
  for (const EffectCost& cost : forecast.to_detect) {
    to_detect.push_back({{"percent", cost.percent}, {"blocks", cost.blocks}});
  }
  return {{"noise_percent", forecast.noise.value},
          {"detectable_percent", forecast.detectable_percent},
          {"blocks_for_equivalence", forecast.blocks_for_equivalence},
          {"blocks_to_detect", to_detect}};
}

json json_of(const Plan& plan, const PlanFacts& facts, const std::string& plan_text, const std::string& sha256) {
  json orders = json::array();
  for (const BlockOrder& order : facts.first_orders) {
    orders.push_back(
        {{"cell", order.cell}, {"block", order.number}, {"arms", order.arms}, {"padding_bytes", order.padding}});
  }
  json object = {{"schema_version", 1},
                 {"command", "plan"},
                 {"experiment", plan.id},
                 {"plan_sha256", sha256},
                 {"seed", plan.seed.to_string()},
                 {"attempt", plan.attempt},
                 {"alpha", attempt_alpha(plan)},
                 {"alpha_equivalence", attempt_alpha_equivalence(plan)},
                 {"comparisons", facts.counts.comparisons},
                 {"side_levels", {{"better", facts.levels.sides.below_zero}, {"worse", facts.levels.sides.above_zero}}},
                 {"looks", facts.looks},
                 {"orders", orders},
                 {"trials_at_most", facts.most_trials ? json(*facts.most_trials) : json(nullptr)},
                 {"warmup_trials", facts.warmup_trials},
                 {"audit", {{"differs", json::array({trial::name_of(plan.variable)})}}},
                 {"plan", json::parse(plan_text)}};
  if (is_race(plan)) {
    object["race"] = {{"levels", arm_count(plan)}, {"confirmatory_blocks", confirmatory_blocks(plan)}};
  }
  object["guard_costs"] = guard_costs_json(guard_costs(plan));
  object["forecast"] = facts.forecast ? forecast_json(*facts.forecast) : json(nullptr);
  return object;
}

}  // namespace

ExitCode command_plan(const Arguments& arguments) {
  PlanOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_plan_noise_options(options.noise);
  const attempt::ExperimentFile experiment = read_experiment(options.file, options.overrides);
  design::Circumstances circumstances = attempt::caller_circumstances(experiment.folder);
  circumstances.attempt = options.attempt;
  const Plan plan = design::freeze(attempt::definition_of(experiment), circumstances);
  const PlanFacts facts = plan_facts(plan, guess_of(options.noise));
  const std::string unplayable = why_not_simulated(plan);
  // A guess still has its forecast.
  const bool forecast_alone = facts.forecast && !unplayable.empty();
  std::optional<Chances> chances;
  if (is_given(options.noise) && !forecast_alone) {
    if (!unplayable.empty()) throw Error(unplayable);
    const std::optional<ExpectedNoise> noise = expected_noise(options.noise, experiment, plan);
    if (!noise) return ExitCode::interrupted;
    chances = chances_of(plan, facts.levels, *noise);
  }
  if (forecast_alone) print_remark("assay: " + unplayable);
  const std::string plan_text = formats::plan_json(plan);
  const std::string sha256 = host::sha256(plan_text);
  if (options.json) {
    json object = json_of(plan, facts, plan_text, sha256);
    object["chances"] = chances ? chances_json(*chances) : json(nullptr);
    print_json(object);
  } else {
    print_output(text_of(plan, facts, sha256) + (chances ? chances_text(*chances) : ""));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
