#include "experiments/report/entries/baseline_words.hpp"

#include <chrono>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/report/quantity.hpp"

namespace assay::report {

std::string baseline_headline(const Baseline& baseline) {
  std::set<std::string> states;
  for (const Cell& cell : cells(baseline.plan)) states.insert(state_of(baseline.plan, cell, kControl).name);
  return fmt::format("{} in {}: {} x {}, {} each", baseline.plan.id, baseline.plan.environment_name,
                     count_text(static_cast<int>(baseline.plan.workloads.size()), "workload"),
                     count_text(static_cast<int>(states.size()), "state"), count_text(baseline.runs, "run"));
}

std::string phase_name(const std::string& name) {
  return name.empty() ? std::string(kNoPhase) : name;
}

std::string cell_title(const BaselineCell& cell) {
  return fmt::format("{} ({})", cell.workload, cell.state);
}

std::string trials_text(const BaselineCell& cell) {
  std::string text = fmt::format("{} of {} measured", cell.measured, count_text(cell.trials, "trial"));
  for (const BaselineFailure& failure : cell.failures) text += fmt::format("; {} {}", failure.count, failure.outcome);
  return text;
}

std::string median_text(const MedianFigure& figure, const std::string& unit) {
  const DisplayScale scale = scale_for(figure.median, unit);
  const std::string median = quantity_text(figure.median, scale);
  if (!figure.interval) return median + ", too few values for an interval";
  return fmt::format("{}, {} interval {} to {}", median, share_text(0.95), quantity_text(figure.interval->low, scale),
                     quantity_text(figure.interval->high, scale));
}

std::string shortage_text(const BaselineMetric& metric) {
  if (metric.runs_needed == 0 || metric.count == 0) return "";
  if (!metric.figure.interval) {
    return fmt::format("{} give no 95 % interval of {}: at least {} do", count_text(metric.count, "run"), metric.name,
                       metric.runs_needed);
  }
  const Interval& interval = *metric.figure.interval;
  return fmt::format(
      "{} are too few for the spread of {}: the interval is {} either way, wider than {}; about {} would do",
      count_text(metric.count, "run"), metric.name,
      amount_text(100 * (interval.high - interval.low) / (2 * metric.figure.median)),
      amount_text(*metric.resolution_percent), rounded_up(metric.runs_needed));
}

namespace {

/// "60 min", not "60 min 0 s": a time that somebody states is exact.
std::string stated_time_text(nanoseconds time) {
  using std::chrono::hours;
  using std::chrono::minutes;
  if (time >= hours(10) && time % hours(1) == nanoseconds::zero()) return fmt::format("{} h", time / hours(1));
  if (time >= minutes(10) && time < hours(10) && time % minutes(1) == nanoseconds::zero()) {
    return fmt::format("{} min", time / minutes(1));
  }
  return format_duration(time);
}

}  // namespace

std::string timeout_text(const TimeoutAdvice& advice) {
  const std::string measured =
      fmt::format("{}: timeout {}, median {}, slowest trial {}", advice.workload, stated_time_text(advice.timeout),
                  format_duration(advice.median), format_duration(advice.slowest));
  const std::string recommended = stated_time_text(advice.recommended);
  if (advice.is_loose && advice.timeout <= advice.recommended) {
    return fmt::format(
        "{}: over ten times the median, and the slowest trial needs much of it; find out why, or allow {}", measured,
        recommended);
  }
  if (advice.is_loose) return fmt::format("{}: over ten times the median; {} is enough", measured, recommended);
  if (advice.timeout < advice.recommended) return fmt::format("{}: tight; {} is safer", measured, recommended);
  return fmt::format("{}: fits; {} would be enough", measured, recommended);
}

std::string percent_of_share(double share) {
  const std::string digits = fmt::format("{:.1f}", 100 * share);
  return (digits == "-0.0" ? "0.0" : digits) + " %";
}

std::string bound_text(const BaselinePhase& phase) {
  return phase.spending && phase.spending->bound ? std::string(to_string(*phase.spending->bound)) : "-";
}

std::string spending_text(const BaselinePhase& phase) {
  if (!phase.spending) return "";
  std::string text = "cpu " + percent_of_share(phase.spending->cpu.median);
  const auto add = [&text](std::string_view name, const std::optional<MedianFigure>& share) {
    if (share) text += fmt::format(", {} {}", name, percent_of_share(share->median));
  };
  add("io", phase.spending->io);
  add("memory", phase.spending->memory);
  add("waiting", phase.spending->waiting);
  return text;
}

std::string unmeasured_phases_text(const BaselineCell& cell) {
  if (cell.unmeasured_phases.empty()) return "";
  std::vector<std::string> phases;
  for (const UnmeasuredPhase& phase : cell.unmeasured_phases) {
    phases.push_back(fmt::format("{} in {}, mean {}", phase_name(phase.name), count_text(phase.trials, "trial"),
                                 quantity_text(phase.mean_self_seconds, scale_for(phase.mean_self_seconds, "s"))));
  }
  return fmt::format("of the {} that failed, and are in no figure, these spans had ended: {}",
                     count_text(cell.trials - cell.measured, "trial"), fmt::join(phases, "; "));
}

std::string refusals_text(const BaselineCell& cell) {
  if (cell.refused_spans == 0) return "";
  return fmt::format("{} of the spans refused, in no phase: {}",
                     count_text(static_cast<int>(cell.refused_spans), "line"), fmt::join(cell.objections, "; "));
}

}  // namespace assay::report
