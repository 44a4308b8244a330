#include "experiments/report/planning/plan_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/engine/weight.hpp"
#include "core/text/shell_words.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/finding_text.hpp"
#include "experiments/report/mode_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/planning/chances_text.hpp"
#include "experiments/report/planning/guard_cost_text.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/requirement_text.hpp"

namespace assay::report {
namespace {

using planning::EffectCost;
using planning::NoiseForecast;
using planning::PlanFacts;

/// "control treatment": the labels in the order in which the arms will run.
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

/// Commits, trees and the build step, if the arms are built from sources.
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
                            count_text(source.builds, "build"));
}

std::string forecast_text(const NoiseForecast& forecast, const Plan& plan) {
  const int cap = plan.protocol.max_blocks;
  const auto blocks = [&plan](int count) { return units_text(plan.protocol.design, count); };
  std::string text = fmt::format("with a noise of {} % a trial\n", forecast.noise.value);
  if (cap != kNoCap) {
    text += fmt::format("  detectable within {}: {:.2g} %\n", blocks(cap), forecast.detectable_percent);
  }
  text += fmt::format("  if there is no effect, {} show it\n", blocks(forecast.blocks_for_equivalence));
  for (const EffectCost& cost : forecast.to_detect) {
    text += fmt::format("  {:>5.3g} % is shown after {}\n", cost.percent, blocks(cost.blocks));
  }
  return text;
}

std::string looks_text(const Plan& plan, const std::vector<int>& looks) {
  const std::string_view unit = unit_name(plan.protocol.design);
  if (looks_anytime(plan.protocol)) return fmt::format("after every {} from the {}th", unit, looks.front());
  if (is_costly(plan.protocol.design)) return fmt::format("at {} trials of each arm", fmt::join(looks, " and "));
  std::string text = fmt::format("at {} {}s", fmt::join(looks, " "), unit);
  if (plan.protocol.look_every_block || looks.size() == 1) return text;
  return fmt::format("{}; after every {} where trials take a minute or more", text, unit);
}

/// What one line of the orders stands for.
std::string_view order_unit(const Plan& plan) {
  return is_costly(plan.protocol.design) ? "trial" : unit_name(plan.protocol.design);
}

std::string most_trials_text(const PlanFacts& facts) {
  if (!facts.most_trials) return "as many trials as it takes";
  return fmt::format("at most {}", count_text(*facts.most_trials, "trial"));
}

std::string row(std::string_view name, std::string_view text) {
  return fmt::format("{:<11}{}\n", name, text);
}

std::string subject_text(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  return row("experiment", printable(plan.id)) + row("hypothesis", printable(plan.hypothesis)) +
         row("variable", printable(describe(plan.variable))) + source_text(plan) +
         row("audit", fmt::format("the arms may differ only in {}", printable(preview.variable_name))) +
         row("cells", cells_text(plan)) + row("metrics", metrics_text(plan)) +
         (is_empty(plan.budget) ? "" : row("budget", budget_limits_text(plan.budget) + " for each trial"));
}

std::string error_rates_text(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  const decide::TestLevels& levels = preview.facts.levels;
  return row("attempt", fmt::format("{} of {}, alpha {:.4g}, alpha of equivalence {:.4g}", plan.attempt,
                                    plan.protocol.attempts, attempt_alpha(plan), attempt_alpha_equivalence(plan))) +
         row("levels",
             fmt::format("better {:.4g}, worse {:.4g} in {}", levels.sides.below_zero, levels.sides.above_zero,
                         count_text(preview.facts.counts.comparisons, is_race(plan) ? "pair" : "comparison")));
}

std::string race_text(const Plan& plan) {
  return row("race", fmt::format("of {} levels; a level is dropped when its interval against another lies beyond 0",
                                 arm_count(plan))) +
         row("confirm", fmt::format("{} fresh blocks of the best level and {}, alpha {:.4g}", confirmatory_blocks(plan),
                                    printable(plan.variable.levels[kControl].label),
                                    attempt_alpha(plan) / static_cast<double>(cells(plan).size())));
}

/// "0.5 CPUs and 1.07 GB"
std::string weight_text(const WorkloadWeight& weight) {
  std::string text = format_part(BudgetPart::cpus, weight.cpus);
  if (weight.memory) text += " and " + format_bytes(static_cast<double>(weight.memory->count));
  return text;
}

std::string group_text(const Plan& plan, const std::vector<std::size_t>& group) {
  std::vector<std::string> parts;
  for (const std::size_t cell : group) {
    parts.push_back(
        fmt::format("{} ({})", printable(cell_name(plan, cells(plan)[cell])), weight_text(weight_of(plan, {cell}))));
  }
  const std::string text = fmt::format("{}", fmt::join(parts, ", "));
  if (group.size() == 1) return text + ", alone";
  const std::string room = plan.budget.cpus ? ", of " + format_part(BudgetPart::cpus, *plan.budget.cpus) : "";
  return fmt::format("{}: {} together{}", text, weight_text(weight_of(plan, group)), room);
}

/// How long it takes at most, side by side and one after the other; empty if it was not measured, or has no cap.
std::string times_text(const PlanPreview& preview) {
  const std::optional<SideBySideTimes> times = side_by_side_times(preview);
  if (!times) return "";
  return row("time",
             fmt::format("at most {} side by side, {} one after the other, by {}", rough_duration_text(times->together),
                         rough_duration_text(times->alone), preview.chances->noise));
}

/// Which workloads run at once, and what that saves.
std::string packing_text(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  std::string text;
  for (std::size_t group = 0; group < plan.groups.size(); ++group) {
    text += row(fmt::format("group {}", group + 1), group_text(plan, plan.groups[group]));
  }
  if (preview.facts.most_turns) {
    text += row("turns", fmt::format("at most {} of trials that run at once, in place of {} one after the other",
                                     count_text(*preview.facts.most_turns, "turn"), *preview.facts.most_trials));
  }
  return text + times_text(preview);
}

std::string course_text(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  std::string text = is_race(plan) ? race_text(plan) : "";
  for (const std::string& mode : mode_sentences(plan.protocol)) text += row("design", mode);
  text += packing_text(preview);
  text += row("looks", looks_text(plan, preview.facts.looks));
  if (!is_race(plan) && confirmatory_blocks(plan) > 0) {
    text += row("confirm", fmt::format("by {} or more after an early stop; the effect is quoted only from them",
                                       fresh_text(plan.protocol.design, confirmatory_blocks(plan))));
  }
  return text + row("cost", fmt::format("{} and {}", most_trials_text(preview.facts),
                                        count_text(preview.facts.warmup_trials, "warm-up trial")));
}

std::string orders_text(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  const std::string_view places = plan.protocol.design == Design::duet ? "on the first and the second CPU, " : "";
  std::string text = row("seed", plan.seed.to_string());
  // The seed of a real attempt is mixed with fresh entropy when it starts.
  const std::string_view example = plan.simulation ? "" : ", as an example; a run draws its own";
  text += row("orders", fmt::format("{}of the first {}s of {}{}:", places, order_unit(plan),
                                    printable(cell_name(plan, cells(plan)[0])), example));
  for (const BlockOrder& order : preview.facts.first_orders) {
    text += fmt::format("{:>13}  {}\n", order.number, order_text(plan, order));
  }
  return text;
}

/// "16.7 % of the time, interval 16.0 % to 17.1 %".
std::string part_of_the_time(const MedianFigure& share) {
  const std::string interval = share.interval ? fmt::format("interval {} to {}", amount_text(100 * share.interval->low),
                                                            amount_text(100 * share.interval->high))
                                              : "too few runs for an interval";
  return fmt::format("{} of the time, {}", amount_text(100 * share.median), interval);
}

/// The most that an idea could gain, or that nobody knows.
std::string idea_text(const PlanPreview& preview) {
  if (preview.plan.phase.empty()) return "";
  if (preview.ceilings.empty()) {
    return row("ceiling",
               printable(fmt::format("unknown: no baseline here reported the phase {}", preview.plan.phase)));
  }
  std::string text;
  for (const PhaseCeiling& ceiling : preview.ceilings) text += row("ceiling", printable(ceiling_text(ceiling)));
  const bool is_undecided = std::any_of(preview.ceilings.begin(), preview.ceilings.end(),
                                        [](const PhaseCeiling& ceiling) { return ceiling.share_beside.has_value(); });
  if (is_undecided) return text + row("to settle", "write pid and tid, or parent, into the lines of the spans");
  return text + row("assumed", "spans that name neither thread nor parent are parts of those they lie within");
}

}  // namespace

std::optional<SideBySideTimes> side_by_side_times(const PlanPreview& preview) {
  const Plan& plan = preview.plan;
  if (plan.groups.empty() || plan.protocol.max_blocks == kNoCap) return std::nullopt;
  if (!preview.chances || preview.chances->seconds_of_cells.size() != cells(plan).size()) return std::nullopt;
  const std::vector<double>& seconds = preview.chances->seconds_of_cells;
  SideBySideTimes times;
  for (const std::vector<std::size_t>& group : plan.groups) {
    double longest = 0;
    for (const std::size_t cell : group) {
      longest = std::max(longest, seconds[cell]);
      times.alone += plan.protocol.max_blocks * seconds[cell];
    }
    times.together += plan.protocol.max_blocks * longest;
  }
  return times;
}

std::string ceiling_text(const PhaseCeiling& ceiling) {
  const std::string text = fmt::format("{} ({}): at most {}, if {} took none", ceiling.workload, ceiling.state,
                                       part_of_the_time(ceiling.share), ceiling.phase);
  if (!ceiling.share_beside) return fmt::format("{}; by {}", text, ceiling.baseline);
  return fmt::format(
      "{} and what it overlaps is a part of it, or it of that; at most {}, if they run beside each other; their spans "
      "do "
      "not say which; by {}",
      text, part_of_the_time(*ceiling.share_beside), ceiling.baseline);
}

namespace {

std::string prospect_text(const RunProspect& prospect) {
  switch (prospect.act) {
    case RunAct::begins:
      return "";
    case RunAct::goes_on:
      return fmt::format("run would go on with attempt {}, {} so far\n", prospect.attempt,
                         count_text(prospect.blocks, "block"));
    case RunAct::refuses:
      return fmt::format("run would refuse: {}\n", printable(prospect.why));
  }
  return "";
}

}  // namespace

std::string plan_text(const PlanPreview& preview) {
  std::string text = preview.prospect ? prospect_text(*preview.prospect) : "";
  text += subject_text(preview) + error_rates_text(preview) + course_text(preview) + orders_text(preview) +
          guard_costs_text(preview.guard_costs);
  text += idea_text(preview);
  for (const Neighbour& neighbour : preview.neighbours) text += row("near", printable(neighbour_text(neighbour)));
  if (preview.facts.forecast) text += forecast_text(*preview.facts.forecast, preview.plan);
  text += row("SHA-256", preview.sha256);
  return preview.chances ? text + chances_text(*preview.chances) : text;
}

}  // namespace assay::report
