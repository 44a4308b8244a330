#include "experiments/report/baseline/baseline_section.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/report/baseline/section_parts.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

std::string bounds_text(const MedianFigure& figure, const DisplayScale& scale) {
  if (!figure.interval) return "-";
  return fmt::format("{} to {} ({})", quantity_text(figure.interval->low, scale),
                     quantity_text(figure.interval->high, scale), percent_of_share(figure.confidence));
}

std::string metric_row(const BaselineCell& cell, const BaselineMetric& metric) {
  if (metric.count == 0) {
    return fmt::format("| {} | {} | {} | 0 | - | - | - | - |\n", markdown_text(cell.workload),
                       markdown_text(cell.state), markdown_text(metric.name));
  }
  const DisplayScale scale = scale_for(metric.figure.median, metric.unit);
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} to {} |\n", markdown_text(cell.workload),
                     markdown_text(cell.state), markdown_text(metric.name), metric.count,
                     quantity_text(metric.figure.median, scale), bounds_text(metric.figure, scale),
                     quantity_text(metric.mad, scale), quantity_text(metric.minimum, scale),
                     quantity_text(metric.maximum, scale));
}

std::string metric_table(const BaselineFigures& figures) {
  std::string table =
      "| workload | state | metric | n | median | interval of the median | MAD | range |\n"
      "|---|---|---|---:|---:|---|---:|---|\n";
  for (const BaselineCell& cell : figures.cells) {
    for (const BaselineMetric& metric : cell.metrics) table += metric_row(cell, metric);
  }
  return table + '\n';
}

std::string phase_table(const BaselineCell& cell) {
  const bool tells_bounds = std::any_of(cell.phases.begin(), cell.phases.end(),
                                        [](const BaselinePhase& phase) { return phase.spending.has_value(); });
  std::string table = fmt::format(
      "Phases of {}; mean wall time {}, which they and the rest add up to:\n\n"
      "| phase | trials | mean self time | median | interval of the median | share |{}\n"
      "|---|---:|---:|---:|---|---:|{}\n",
      markdown_text(cell_title(cell)), quantity_text(cell.mean_wall_seconds, scale_for(cell.mean_wall_seconds, "s")),
      tells_bounds ? " bound by |" : "", tells_bounds ? "---|" : "");
  for (const BaselinePhase& phase : cell.phases) {
    const DisplayScale scale = scale_for(phase.mean_self_seconds, "s");
    table += fmt::format("| {} | {} | {} | {} | {} | {} |{}\n", markdown_text(phase_name(phase.name)), phase.trials,
                         quantity_text(phase.mean_self_seconds, scale), quantity_text(phase.self_seconds.median, scale),
                         bounds_text(phase.self_seconds, scale), percent_of_share(phase.share),
                         tells_bounds ? fmt::format(" {} |", bound_text(phase)) : "");
  }
  return table + '\n';
}

std::string bullet(const std::string& text) {
  return text.empty() ? "" : fmt::format("- {}\n", markdown_text(text));
}

std::string remarks(const Baseline& baseline, const BaselineFigures& figures) {
  std::string items;
  for (const std::string& change : baseline.changes) items += bullet("CHANGED WHILE MEASURED: " + change);
  for (const BaselineCell& cell : figures.cells) {
    if (!cell.failures.empty()) items += bullet(fmt::format("{}: {}", cell_title(cell), trials_text(cell)));
    const std::string unmeasured = unmeasured_phases_text(cell);
    if (!unmeasured.empty()) items += bullet(fmt::format("{}: {}", cell_title(cell), unmeasured));
    for (const BaselineMetric& metric : cell.metrics) {
      const std::string shortage = shortage_text(metric);
      if (!shortage.empty()) items += bullet(fmt::format("{}: {}", cell_title(cell), shortage));
    }
    const std::string refusals = refusals_text(cell);
    if (!refusals.empty()) items += bullet(fmt::format("{}: {}", cell_title(cell), refusals));
  }
  for (const TimeoutAdvice& advice : figures.timeouts) items += bullet(timeout_text(advice));
  for (const std::string& note : baseline.notes) items += bullet(note);
  return items.empty() ? "" : items + '\n';
}

}  // namespace

std::string section_head(const FiledBaseline& filed) {
  const auto& baseline = std::get<Baseline>(filed.entry.content);
  std::string head = fmt::format("## {:04} {}\n\n", filed.entry.number, markdown_text(baseline_headline(baseline)));
  if (!filed.standing.settled_by.empty()) {
    head += fmt::format("Replaced by {}.\n\n", markdown_text(filed.standing.settled_by));
  }
  const std::string revision = baseline.revision.empty() ? "" : fmt::format(", revision {}", baseline.revision);
  return head + fmt::format("Measured {} by {} on {}{}.\n\n", utc_text(filed.entry.created_ns),
                            markdown_text(filed.entry.actor), markdown_text(machine_text(baseline.machine)), revision);
}

std::string section_end(const FiledBaseline& filed) {
  return fmt::format("Record {}, SHA-256 {}\n", entry_name(filed.entry), filed.standing.sha256);
}

std::string baseline_section(const FiledBaseline& filed) {
  const auto& baseline = std::get<Baseline>(filed.entry.content);
  std::string text = section_head(filed) + metric_table(filed.figures);
  for (const BaselineCell& cell : filed.figures.cells) {
    if (!cell.phases.empty()) text += phase_table(cell);
  }
  return text + remarks(baseline, filed.figures) + section_end(filed);
}

}  // namespace assay::report
