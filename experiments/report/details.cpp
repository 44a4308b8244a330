#include "experiments/report/details.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/result/told_effect.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/comparison_words.hpp"
#include "experiments/report/entries/failed_tests.hpp"
#include "experiments/report/finding_text.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/mode_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/planning/advice_text.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/requirement_text.hpp"
#include "experiments/report/ruling.hpp"

namespace assay::report {
namespace {

/// "note: ..." with the lines that follow set in below the text.
std::string labelled(const std::string& label, const std::string& text, const TextStyle& style) {
  return wrap(text, style.width, {label + ' ', "  "});
}

std::string_view stop_text(const Protocol& protocol, const Comparison& comparison, EarlyEnd early_end) {
  switch (comparison.stop) {
    case Stop::boundary:
      return "stopped at the boundary";
    case Stop::equivalence:
      return "stopped when equivalence was shown";
    case Stop::cap:
      // Values measured elsewhere may be fewer.
      return comparison.blocks < protocol.max_blocks ? "all there are" : "stopped at the cap";
    case Stop::time:
      return "stopped by max_time";
    case Stop::interrupted:
      return early_end == EarlyEnd::interrupted ? "interrupted before the end" : "closed before the end";
    case Stop::failed:
      return "stopped by failed trials";
    case Stop::audit:
      return "stopped by the audit";
    case Stop::futile:
      return "stopped since more would hardly decide anything";
  }
  return "";
}

/// Treatment as a multiple of control.
std::string multiple_of_control(double log_ratio) {
  const double ratio = std::exp(log_ratio);
  const std::string text = fmt::format("{:.3g}", ratio);
  return (text == "1" ? beyond_one_text(ratio) : text) + "x";
}

/// What never varies has no interval.
std::string interval_text(const Metric& metric, const MetricResult& result, const Interval& interval,
                          const TextStyle& style) {
  return is_exact(result) ? "exact" : effect_interval_text(metric, interval, wording_in(style));
}

/// The figure that stands for an arm: yes and no have no telling median.
std::string typical_text(const Metric& metric, const ArmSummary& arm, const DisplayScale& scale) {
  if (arm.count == 0) return "-";
  return metric.kind == MetricKind::proportion ? share_text(arm.mean) : quantity_text(arm.median, scale);
}

/// A change in units as a share of control's median: ", +168 %"; empty if the change is a share already.
std::string share_of_control(const Metric& metric, const MetricResult& result) {
  if (metric.kind != MetricKind::difference || !result.effect || result.control.median <= 0) return "";
  const double percent = 100 * result.effect->estimate / result.control.median;
  return std::isfinite(percent) ? ", " + change_text(percent) : "";
}

/// Each value has the unit that suits it; 0.1.0 wrote both in control's.
DisplayScale observed_scale(const MetricResult& result, const ArmSummary& arm, const TextStyle& style) {
  const bool is_shared = style.rules == kOldestRules;
  const ArmSummary& scaling = !is_shared ? arm : result.control.count > 0 ? result.control : result.treatment;
  return scale_for(scaling.median, result.metric.unit, style.time_unit);
}

std::string observed_metrics(const Comparison& comparison, const TextStyle& style) {
  std::vector<std::vector<std::string>> rows;
  for (const MetricResult& result : comparison.metrics) {
    const Metric& metric = result.metric;
    if (metric.role != MetricRole::observed || !result.effect) continue;
    const DisplayScale of_control = observed_scale(result, result.control, style);
    const DisplayScale of_treatment = observed_scale(result, result.treatment, style);
    rows.push_back({shorten(printable(metric.name), 24), typical_text(metric, result.control, of_control),
                    typical_text(metric, result.treatment, of_treatment),
                    effect_change_text(metric, result.effect->estimate, style.time_unit) +
                        (style.explains ? share_of_control(metric, result) : ""),
                    fmt::format("({})", interval_text(metric, result, result.effect->interval, style))});
  }
  if (rows.empty()) return "";
  std::vector<int> widths(rows.front().size(), 0);
  for (const std::vector<std::string>& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], display_width(row[column]));
    }
  }
  std::string lines = "observed, exploratory (medians of control and treatment, change, interval):\n";
  for (const std::vector<std::string>& row : rows) {
    std::string line = "  " + pad_right(row[0], widths[0]);
    for (std::size_t column = 1; column + 1 < row.size(); ++column)
      line += "  " + pad_left(row[column], widths[column]);
    lines += line + "  " + row.back() + '\n';
  }
  return lines;
}

/// The ratio that the headline rests on and that of the table, if a reader would wonder why they differ.
std::string two_ratios(const Comparison& comparison, const TextStyle& style) {
  // Records that were shown before go on reading as they did.
  if (!style.explains || comparison.metrics.empty() || comparison.verdict == Verdict::invalid) return "";
  const MetricResult& primary = primary_result(comparison);
  const bool has_ratios = primary.metric.kind == MetricKind::positive && primary.effect && primary.control.median > 0 &&
                          primary.treatment.median > 0;
  if (!has_ratios || !std::isfinite(primary.effect->estimate)) return "";
  constexpr double kNotable = 0.01;
  const double within = primary.effect->estimate;
  const double of_medians = std::log(primary.treatment.median / primary.control.median);
  if (std::abs(within - of_medians) < kNotable) return "";
  return labelled(
      "two ratios:",
      fmt::format("within {}s {}, of the medians above {}: what both arms of a {} share, such as a slow spell, "
                  "cancels within it and not in the medians",
                  unit_name(comparison.design), multiple_of_control(within), multiple_of_control(of_medians),
                  unit_name(comparison.design)),
      style);
}

std::string failed_trials(const Comparison& comparison, const TextStyle& style) {
  if (comparison.failed_control == 0 && comparison.failed_treatment == 0) return "";
  const ArmNames arms = arm_names(comparison);
  std::string text =
      fmt::format("{} {}, {} {}", arms.control, comparison.failed_control, arms.treatment, comparison.failed_treatment);
  if (comparison.failure_p) text += fmt::format(" (p = {:.2g}, exact McNemar)", *comparison.failure_p);
  return labelled("failed trials:", text, style);
}

/// What the looks had shown where fresh blocks gave the effect; a stop picks lucky blocks, so both are told.
std::string confirmation(const Comparison& comparison, const TextStyle& style) {
  if (comparison.metrics.empty() || !primary_result(comparison).effect_at_stop) return "";
  const Metric& metric = primary_result(comparison).metric;
  const Effect& at_stop = *primary_result(comparison).effect_at_stop;
  return labelled(fmt::format("fresh {}s:", unit_name(comparison.design)),
                  fmt::format("the effect above is theirs alone; at the stop it was {} ({})",
                              effect_change_text(metric, at_stop.estimate, style.time_unit),
                              effect_interval_text(metric, at_stop.interval, wording_in(style))),
                  style);
}

/// Why the interval has another level than alpha alone would give it.
std::string shared_alpha_text(const AttemptResult& result, const Effect& effect) {
  const Protocol& protocol = result.protocol;
  if (share_text(effect.confidence) == share_text(1 - protocol.alpha)) return "";
  const std::string level = share_text(effect.confidence);
  if (result.exploratory || protocol.attempts < 2) {
    return fmt::format("; {} intervals, since comparisons share alpha {:.3g}", level, protocol.alpha);
  }
  return fmt::format("; {} intervals, since {} attempts share alpha {:.3g}", level, protocol.attempts, protocol.alpha);
}

/// The fewest blocks whose most extreme outcome has a p of at most alpha.
int blocks_that_can_decide(const Protocol& protocol) {
  return static_cast<int>(std::ceil(1 - std::log2(protocol.alpha)));
}

/// Why no outcome of so few blocks could decide anything; empty if there are enough.
std::string too_few_text(const AttemptResult& result, const Comparison& comparison) {
  const Protocol& protocol = result.protocol;
  // The two outcomes that are the most extreme, of 2^n that are equally likely without an effect.
  const double smallest_p = std::ldexp(1.0, 1 - comparison.blocks);
  const bool cannot_decide = protocol.looks == LookMode::once && comparison.verdict == Verdict::inconclusive &&
                             comparison.blocks > 0 && smallest_p > protocol.alpha && !is_costly(comparison.design);
  if (!cannot_decide) return "";
  return fmt::format("{} cannot decide, whatever they show: even if all agree, p is {:.2g}; {} or more can",
                     units_text(comparison.design, comparison.blocks), smallest_p, blocks_that_can_decide(protocol));
}

/// One trial an arm; empty if there are more.
std::string single_figures_text(const AttemptResult& result, const Comparison& comparison) {
  const bool is_single =
      comparison.blocks == 1 && comparison.verdict == Verdict::inconclusive && !is_costly(comparison.design);
  if (!is_single) return "";
  return fmt::format(
      "two single figures are not comparable: nobody knows how much either would change if it were measured again; {} "
      "blocks or more can decide",
      blocks_that_can_decide(result.protocol));
}

/// Why nothing was decided, in words for whoever has just measured.
std::string why_text(const AttemptResult& result, const Comparison& comparison) {
  if (std::string late = out_of_time_text(result.protocol, comparison); !late.empty()) return late;
  if (std::string single = single_figures_text(result, comparison); !single.empty()) return single;
  if (std::string too_few = too_few_text(result, comparison); !too_few.empty()) return too_few;
  if (comparison.reason == VerdictReason::near_margin) {
    return "not yet decided: the interval still contains both \"too small to matter\" and \"beyond the margin\"";
  }
  return std::string(explanation(comparison.reason));
}

/// Whether the only sentence of the result says already what the audit found first.
bool is_in_sentence(const AttemptResult& result, const TextStyle& style) {
  return result.comparisons.size() + result.searches.size() == 1 && !audited_clause(result, style).empty();
}

std::string audit_text(const AttemptResult& result, const TextStyle& style) {
  const AuditResult& audit = result.audit;
  std::string lines;
  for (std::size_t index = is_in_sentence(result, style) ? 1 : 0; index < audit.intruders.size(); ++index) {
    lines += labelled("audit:", printable(audit.intruders[index]), style);
  }
  for (const std::string& finding : findings_text(audit)) lines += labelled("audit:", printable(finding), style);
  for (const std::string& note : audit.notes) lines += labelled("note:", printable(note), style);
  return lines;
}

/// The level that a p must not exceed: what sharing alpha leaves of it.
double needed_p(const Effect& effect) {
  return 1 - effect.confidence;
}

/// Whether it was a rule that left the comparison open, although p alone would have let it be decided.
bool is_open_by_a_rule(const Comparison& comparison, const Effect& effect) {
  const bool is_by_size = comparison.reason == VerdictReason::near_margin ||
                          comparison.reason == VerdictReason::direction_known ||
                          comparison.reason == VerdictReason::noise;
  return comparison.verdict == Verdict::inconclusive && !is_by_size && *effect.p <= needed_p(effect);
}

/// "; p = 0.04, and 0.01 or less was needed"; empty if no p decided anything.
std::string p_text(const AttemptResult& result, const Comparison& comparison, const TextStyle& style) {
  if (comparison.verdict == Verdict::invalid || comparison.metrics.empty()) return "";
  const std::optional<Effect>& effect = primary_result(comparison).effect;
  if (!effect || !effect->p) return "";
  const std::string text = fmt::format("; p {} {:.2g}", effect->p_is_bound ? "at most" : "=", *effect->p);
  if (style.rules == kOldestRules) return text;
  if (ended_early(comparison, style) || is_open_by_a_rule(comparison, *effect)) return "";
  const double needed = needed_p(*effect);
  // A small p that would have been enough by itself must not read as one that was.
  const bool is_misleading = comparison.verdict == Verdict::inconclusive || *effect->p <= result.protocol.alpha;
  return *effect->p > needed && is_misleading ? fmt::format("{}, and {:.2g} or less was needed", text, needed) : text;
}

}  // namespace

std::string out_of_time_text(const Protocol& protocol, const Comparison& comparison) {
  const int first = first_look(protocol);
  const bool is_by_time = comparison.stop == Stop::time && comparison.verdict == Verdict::inconclusive;
  if (!is_by_time || comparison.blocks >= first) return "";
  return fmt::format("the time ran out after {}; {} or more can decide",
                     units_text(comparison.design, comparison.blocks), first);
}

std::string guard_text(const Metric& metric, const MetricResult& result, const TextStyle& style) {
  const std::string_view status = result.guard == GuardStatus::passed   ? "passed"
                                  : result.guard == GuardStatus::failed ? "failed"
                                                                        : "open";
  std::string text(status);
  const bool only_vetoes = !metric.margin;
  if (result.effect && only_vetoes) {
    text += fmt::format(", {} of control and {} of treatment", share_text(result.control.mean),
                        share_text(result.treatment.mean));
  } else if (const std::optional<Effect> effect = told_effect(result)) {
    text += fmt::format(", {}{} ({})", effect_change_text(metric, effect->estimate, style.time_unit),
                        style.explains ? share_of_control(metric, result) : "",
                        interval_text(metric, result, effect->interval, style));
  } else {
    text += ", no figure";
  }
  text += only_vetoes ? ", no margin: it only vetoes" : ", margin " + margin_text(metric);
  if (result.guard == GuardStatus::open && result.blocks_needed) {
    text += fmt::format(", needs about {}", count_text(rounded_up(*result.blocks_needed), "block"));
  }
  return text;
}

std::string control_text(const Metric& metric, const MetricResult& result, const TextStyle& style) {
  if (!result.effect) return "no figure";
  return fmt::format("{} ({}), margin {} either way",
                     effect_change_text(metric, result.effect->estimate, style.time_unit),
                     interval_text(metric, result, result.effect->interval, style), margin_text(metric));
}

std::string check_text(const CheckResult& check) {
  if (check.passed) return "passed";
  const int trials = check.failed_control + check.failed_treatment;
  std::string text = trials == 0 ? "failed over all trials"
                                 : fmt::format("failed in {} (control {}, treatment {})", count_text(trials, "trial"),
                                               check.failed_control, check.failed_treatment);
  if (!check.detail.empty()) text += ": " + printable(check.detail);
  if (!check.tests.empty()) text += "; " + printable(failed_tests_text(check));
  return text;
}

std::string settings_line(const AttemptResult& result, const Comparison& comparison, const TextStyle& style) {
  const int looked_at = comparison.blocks - comparison.fresh_blocks;
  std::string text =
      fmt::format("{}, {}", out_of_text(comparison.design, {.count = looked_at, .cap = result.protocol.max_blocks}),
                  stop_text(result.protocol, comparison, style.early_end));
  if (comparison.fresh_blocks > 0) text += ", then " + fresh_text(comparison.design, comparison.fresh_blocks);
  const std::string margin = margin_text(result.primary);
  if (!margin.empty()) text += "; margin " + margin;
  if (result.simulated) text += "; every trial was simulated";
  const std::string p = p_text(result, comparison, style);
  if (!p.empty() && style.explains) text += shared_alpha_text(result, *primary_result(comparison).effect);
  text += p;
  return wrap(text, style.width, {"", "  "});
}

std::string comparison_details(const AttemptResult& result, const Comparison& comparison, const TextStyle& style) {
  std::string lines;
  const bool said_in_sentence = comparison.verdict == Verdict::invalid || ended_early(comparison, style);
  const std::string why = style.explains ? why_text(result, comparison) : std::string(explanation(comparison.reason));
  if (!said_in_sentence && !why.empty()) lines += labelled("why:", why, style);
  lines += two_ratios(comparison, style) + confirmation(comparison, style);
  for (const MetricResult& guard : comparison.metrics) {
    if (guard.guard == GuardStatus::not_a_guard) continue;
    const Metric& metric = guard.metric;
    lines += labelled(fmt::format("guard {}:", printable(metric.name)), guard_text(metric, guard, style), style);
  }
  for (const MetricResult& control : comparison.metrics) {
    if (control.metric.role != MetricRole::control) continue;
    lines += labelled(fmt::format("control {}:", printable(control.metric.name)),
                      control_text(control.metric, control, style), style);
  }
  for (const BudgetUse& use : comparison.budget) {
    lines += labelled(fmt::format("budget of {}:", to_string(use.part)), budget_text(use), style);
  }
  for (const CheckResult& check : comparison.checks) {
    lines += labelled(fmt::format("check {}:", printable(check.name)), check_text(check), style);
  }
  if (style.rules > kOldestRules && supports_a_keep(result, comparison)) {
    lines += labelled("behind the keep:", printable(support_text(comparison)), style);
  }
  lines += failed_trials(comparison, style);
  lines += observed_metrics(comparison, style);
  for (const Diagnostic& diagnostic : comparison.diagnostics) {
    if (!diagnostic.note.empty()) lines += labelled("note:", printable(diagnostic.note), style);
  }
  return lines;
}

std::string attempt_details(const AttemptResult& result, const TextStyle& style, std::string_view rerun_command) {
  std::string lines;
  for (const std::string& mode : mode_sentences(result.protocol)) lines += labelled("design:", mode, style);
  for (const RequirementChange& change : result.changes) {
    lines += labelled("asks otherwise:", printable(change_text(change)), style);
  }
  lines += audit_text(result, style);
  const DecisionReason reason = result.decision_reason;
  if (may_be_accepted(reason)) {
    lines += labelled("to keep it:", "assay decide --accept RECORD --why TEXT", style);
  }
  if (result.void_blocks > 0) {
    lines += labelled(
        "note:",
        fmt::format("{} run again, since a hook or a state proof failed",
                    result.void_blocks == 1 ? "1 block was" : fmt::format("{} blocks were", result.void_blocks)),
        style);
  }
  if (result.verdict == Verdict::inconclusive) {
    std::string advice = advice_text(result, style);
    if (style.rules > kOldestRules && !advice.empty())
      advice = fmt::format("{}: {}", printable(result.primary.name), advice);
    const bool more_helps = result.advice.blocks_needed.has_value() && !rerun_command.empty();
    // The command stands on the line's end, unwrapped: it is there to be copied.
    if (!advice.empty()) lines += advice + (more_helps ? fmt::format(": {}", printable(rerun_command)) : "") + '\n';
    if (const std::string quicker = quicker_text(result); !quicker.empty()) {
      lines += wrap(quicker, style.width, {"", "  "});
    }
    if (const std::string coarse = coarseness_text(result); !coarse.empty()) {
      lines += wrap(coarse, style.width, {"", "  "});
    }
  }
  if (result.exploratory) lines += "exploratory: no decision recorded\n";
  return lines;
}

}  // namespace assay::report
