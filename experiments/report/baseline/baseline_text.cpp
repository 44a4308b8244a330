#include "experiments/report/baseline/baseline_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/report/baseline/levers.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

constexpr int kMetricWidth = 20;
constexpr int kBarWidth = 30;

std::string warning(const std::string& text) {
  return text.empty() ? "" : fmt::format("  ! {}\n", printable(text));
}

std::string metric_line(const BaselineMetric& metric) {
  const std::string name = "  " + pad_right(printable(metric.name), kMetricWidth);
  if (metric.count == 0) return name + "no value\n";
  const DisplayScale scale = scale_for(metric.figure.median, metric.unit);
  return fmt::format("{}{}; range {} to {}\n", name, median_text(metric.figure, metric.unit),
                     quantity_text(metric.minimum, scale), quantity_text(metric.maximum, scale));
}

std::string cell_text(const BaselineCell& cell, const TextStyle& style) {
  std::string text =
      fmt::format("{}: {}\n", toned(printable(cell_title(cell)), Tone::strong, style), printable(trials_text(cell)));
  for (const BaselineMetric& metric : cell.metrics) text += metric_line(metric);
  for (const BaselineMetric& metric : cell.metrics) text += warning(shortage_text(metric));
  return text + warning(unmeasured_phases_text(cell)) + warning(refusals_text(cell));
}

std::string bar(double share, const TextStyle& style) {
  const int length = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * kBarWidth));
  std::string drawn;
  for (int column = 0; column < length; ++column) drawn += style.unicode ? "█" : "#";
  return pad_right(drawn, kBarWidth);
}

std::string phase_line(const BaselinePhase& phase, const TextStyle& style) {
  const std::string interval = phase.share_interval
                                   ? fmt::format(" ({} to {})", percent_of_share(phase.share_interval->low),
                                                 percent_of_share(phase.share_interval->high))
                                   : "";
  const std::string spending = spending_text(phase);
  const bool is_bound = phase.spending && phase.spending->bound;
  const std::string bound = is_bound ? fmt::format("bound by {}: ", bound_text(phase)) : "";
  const std::string below =
      spending.empty() ? "" : fmt::format("  {}{}{}\n", pad_right("", kMetricWidth + 1), bound, spending);
  return fmt::format("  {} {} {} {}{}, together {}\n{}", pad_right(printable(phase_name(phase.name)), kMetricWidth),
                     bar(phase.share, style),
                     pad_left(quantity_text(phase.mean_self_seconds, scale_for(phase.mean_self_seconds, "s")), 8),
                     pad_left(percent_of_share(phase.share), 7), interval, percent_of_share(phase.cumulative), below);
}

}  // namespace

std::string baseline_text(const Baseline& baseline, const BaselineFigures& figures, const TextStyle& style) {
  std::string text;
  for (const std::string& change : baseline.changes) text += warning("changed while it was measured: " + change);
  for (const BaselineCell& cell : figures.cells) text += cell_text(cell, style);
  if (!figures.timeouts.empty()) text += "\nTimeouts\n";
  for (const TimeoutAdvice& advice : figures.timeouts) text += fmt::format("  {}\n", printable(timeout_text(advice)));
  for (const std::string& note : baseline.notes) text += fmt::format("note: {}\n", printable(note));
  return text;
}

namespace {

/// "mean 1.20 s a run, 12 runs"; if none was measured, how they ended.
std::string runs_text(const BaselineCell& cell) {
  if (cell.measured == 0) return printable(trials_text(cell));
  return fmt::format("mean {} a run, {}", quantity_text(cell.mean_wall_seconds, scale_for(cell.mean_wall_seconds, "s")),
                     count_text(cell.measured, "run"));
}

}  // namespace

std::string phases_text(const BaselineFigures& figures, const TextStyle& style) {
  std::string text;
  bool is_any_measured = false;
  for (const BaselineCell& cell : figures.cells) {
    if (cell.phases.empty() && cell.unmeasured_phases.empty()) continue;
    is_any_measured = is_any_measured || !cell.phases.empty();
    text += fmt::format("{}: {}\n", toned(printable(cell_title(cell)), Tone::strong, style), runs_text(cell));
    for (const BaselinePhase& phase : cell.phases) text += phase_line(phase, style);
    text += warning(unmeasured_phases_text(cell));
    text += warning(refusals_text(cell));
  }
  if (text.empty()) return "no trial reported a span (docs/formats/spans.md says how it can)\n";
  if (!is_any_measured) return text;
  text += "\nLevers, by the data\n";
  const Levers first = levers(figures);
  for (const std::string& lever : first.texts) text += fmt::format("  {}\n", printable(lever));
  if (first.beside_others) text += fmt::format("  {}\n", printable(*first.beside_others));
  return text;
}

}  // namespace assay::report
